import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Message } from "../../base/protobuf.js";
import type { Run, RunEvent, RunStartEvent } from "../../runs/index.js";
import { LogFile } from "./log-file.js";
import { levelName, perLevel, type RunLog } from "./run-log.js";
import { tfRecord } from "./tf-record.js";

/** Fields of `Event`, `Summary` and `SessionLog` (TensorFlow, `tensorflow/core/util/event.proto`, `summary.proto`). */
const eventFields = { wallTime: 1, step: 2, fileVersion: 3, summary: 5, sessionLog: 7 } as const;
const summaryValue = 1;
const valueFields = { tag: 1, simpleValue: 2 } as const;
const sessionStatus = 1;
const sessionStart = 1;

/** What tags begin with. */
const groups = { rates: "rate", update_ratio: "update_ratio", grad_norm: "grad_norm" } as const;

/**
 * Scalars for TensorBoard, one file a run: `train/loss`, `val/accuracy`, `rate/01-conv1`, … Measurements of the kept
 * checkpoint at the end have tags of their own (`kept/test.accuracy`): their weights are not those of the last step.
 */
export class TensorboardLog implements RunLog {
  readonly #file: LogFile;
  #levels: RunStartEvent["levels"] = [];

  constructor(run: Run) {
    const folder = join(run.folder, "tensorboard");
    mkdirSync(folder, { recursive: true });
    const created = Math.floor(Date.parse(run.record.created) / 1000);
    this.#file = new LogFile(join(folder, `events.out.tfevents.${created}.lerac.${run.record.id}`));
    this.#write(
      new Message().double(eventFields.wallTime, created).text(eventFields.fileVersion, "brain.Event:2"),
    );
  }

  take(event: RunEvent): void {
    if (event.type === "run.start") this.#begin(event);
    else if (event.type === "step") this.#scalars(event, this.#ofStep(event));
    else if (event.type === "evaluation") {
      const { split, checkpoint, metrics } = event;
      const group = checkpoint === null ? `${split}/` : `kept/${split}.`;
      this.#scalars(
        event,
        Object.entries(metrics).map(([name, value]) => [`${group}${name}`, value]),
      );
    }
  }

  flush(): void {
    this.#file.flush();
  }

  close(): void {
    this.#file.close();
  }

  /** After a resume TensorBoard forgets steps from the one on that is done next. */
  #begin(event: RunEvent & RunStartEvent): void {
    this.#levels = event.levels;
    if (event.resumed_from_step === null) return;
    const start = new Message().whole(sessionStatus, sessionStart);
    this.#write(this.#head(event, event.resumed_from_step + 1).message(eventFields.sessionLog, start));
  }

  #ofStep(event: RunEvent & { type: "step" }): [string, number][] {
    const levels = perLevel.flatMap((field) =>
      this.#levels.map((level, j): [string, number] => [
        `${groups[field]}/${levelName(level)}`,
        event[field][j] ?? Number.NaN,
      ]),
    );
    return [
      ["train/loss", event.loss],
      ...Object.entries(event.metrics).map(([name, value]): [string, number] => [`train/${name}`, value]),
      ...levels,
      ["speed/steps_per_second", event.steps_per_second],
      ["speed/samples_per_second", event.samples_per_second],
    ];
  }

  #scalars(event: RunEvent, values: readonly (readonly [string, number])[]): void {
    const summary = new Message();
    for (const [tag, value] of values) {
      summary.message(
        summaryValue,
        new Message().text(valueFields.tag, tag).float(valueFields.simpleValue, value),
      );
    }
    this.#write(this.#head(event, event.step).message(eventFields.summary, summary));
  }

  #head(event: RunEvent, step: number): Message {
    return new Message()
      .double(eventFields.wallTime, Date.parse(event.at) / 1000)
      .whole(eventFields.step, step);
  }

  #write(event: Message): void {
    this.#file.append(tfRecord(Buffer.concat(event.pieces)));
  }
}

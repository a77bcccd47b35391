import { join } from "node:path";
import type { Run, RunEvent, RunStartEvent } from "../../runs/index.js";
import { LogFile } from "./log-file.js";
import { levelName, type RunLog } from "./run-log.js";

/**
 * `log.csv`: a row for each record of steps (`split` is train) and for each evaluation of a split, under one header.
 * What a row does not have is empty; a number that diverged is NaN.
 */
export class CsvLog implements RunLog {
  readonly #file: LogFile;
  readonly #metrics: () => readonly string[];
  #columns: readonly string[] | null = null;
  #levels: readonly string[] = [];
  /** Where rows begin, and the completed steps that they tell of. */
  readonly #rows: { readonly step: number; readonly begin: number }[] = [];

  /** @param metrics names of the metrics of the run's program, asked for once a trainer has read it */
  constructor(run: Run, metrics: () => readonly string[]) {
    this.#file = new LogFile(join(run.folder, "log.csv"));
    this.#metrics = metrics;
  }

  take(event: RunEvent): void {
    if (event.type === "run.start") this.#begin(event);
    else if (event.type === "step") {
      const { loss, metrics, steps_per_second, samples_per_second, rates } = event;
      const ofLevels = Object.fromEntries(this.#levels.map((name, j) => [name, rates[j]]));
      this.#row(event, {
        split: "train",
        loss,
        ...metrics,
        steps_per_second,
        samples_per_second,
        ...ofLevels,
      });
    } else if (event.type === "evaluation") {
      const { split, checkpoint, metrics } = event;
      this.#row(event, { split, ...(checkpoint === null ? {} : { checkpoint }), ...metrics });
    }
  }

  flush(): void {
    this.#file.flush();
  }

  close(): void {
    this.#file.close();
  }

  #begin(event: RunStartEvent): void {
    if (this.#columns === null) {
      this.#levels = event.levels.map((level) => `rate.${levelName(level)}`);
      const measured = ["loss", ...this.#metrics()];
      const speed = ["steps_per_second", "samples_per_second"];
      this.#columns = [
        "time",
        "step",
        "epoch",
        "split",
        "checkpoint",
        ...measured,
        ...speed,
        ...this.#levels,
      ];
      this.#line(this.#columns);
    }
    // Steps behind the checkpoint that a resume went on from are done again; their rows go.
    const resumed = event.resumed_from_step;
    if (resumed === null) return;
    const first = this.#rows.findIndex(({ step }) => step > resumed);
    if (first === -1) return;
    this.#file.cutTo(this.#rows[first]?.begin ?? 0);
    this.#rows.length = first;
  }

  #row(event: RunEvent, values: Readonly<Record<string, string | number | undefined>>): void {
    this.#rows.push({ step: event.step, begin: this.#file.length });
    const row = { time: event.at, step: event.step, epoch: event.epoch, ...values };
    this.#line((this.#columns ?? []).map((name) => row[name as keyof typeof row] ?? ""));
  }

  #line(fields: readonly (string | number)[]): void {
    this.#file.append(Buffer.from(`${fields.map(quoted).join(",")}\n`));
  }
}

/** RFC 4180. */
function quoted(field: string | number): string {
  const text = String(field);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

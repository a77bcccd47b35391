import { plural } from "../../base/format.js";
import type { RunState } from "../state.js";
import { justify, type Line, padLeft, padRight, span } from "../text.js";
import type { Frame } from "./frame.js";
import { type PaneSize, pane, paneTitle } from "./pane.js";

type Shares = NonNullable<RunState["timeOfEpoch"]>;

/** Where the wall time of the last whole epoch went (before there is one: of the run so far), as shares of one. */
function timeShares(state: RunState): { readonly shares: Shares; readonly of: string } | null {
  const seconds = state.timeOfEpoch ?? state.timeSoFar;
  const total = seconds.step + seconds.data + seconds.evaluate + seconds.checkpoint + seconds.other;
  if (total <= 0) return null;
  return {
    shares: {
      step: seconds.step / total,
      data: seconds.data / total,
      evaluate: seconds.evaluate / total,
      checkpoint: seconds.checkpoint / total,
      other: seconds.other / total,
    },
    of: state.timeOfEpoch === null ? "so far" : "last epoch",
  };
}

/** ` time  step 93 %  data 2 %  evaluate 4 %  checkpoint 1 %         memory 0.61 GB`. */
export function timeLine(frame: Frame): Line {
  const time = timeShares(frame.state);
  const whole = (share: number) => `${Math.round(share * 100)} %`;
  const facts =
    time === null
      ? "-"
      : [
          `step ${whole(time.shares.step)}`,
          `data ${whole(time.shares.data)}`,
          `evaluate ${whole(time.shares.evaluate)}`,
          `checkpoint ${whole(time.shares.checkpoint)}`,
        ].join("  ");
  const { system } = frame.state;
  const memory = system === null ? "memory -" : `memory ${gigabytes(system.rss_bytes)} GB`;
  return justify([span(` time  ${facts}`)], [span(memory)], frame.columns - 1, frame.glyphs.ellipsis);
}

const barCells = 11;

/** The time pane: a bar and a share for each part of a step's time. */
export function timePane(frame: Frame, size: PaneSize): Line[] {
  const time = timeShares(frame.state);
  const row = (name: string, share: number): Line => [
    span(` ${padRight(name, 12)}`),
    span(padRight(time === null ? "" : bar(share, frame.glyphs.eighths), barCells), "train"),
    span(padLeft(time === null ? "-" : `${(share * 100).toFixed(1)} %`, 9)),
  ];
  const shares = time?.shares ?? { step: 0, data: 0, evaluate: 0, checkpoint: 0, other: 0 };
  const rows = [
    row("step", shares.step),
    row("wait data", shares.data),
    row("evaluate", shares.evaluate),
    row("checkpoint", shares.checkpoint),
    row("other", shares.other),
  ];
  if (frame.usage !== null) {
    rows.push([span(` monitor, own process: ${frame.usage.cpuSeconds.toFixed(1)} s CPU`, "dim")]);
  }
  return pane(
    paneTitle(frame, "time", "time"),
    [[span(time?.of ?? "last epoch", "dim")]],
    rows,
    size,
    frame.glyphs,
  );
}

/** A share as a bar, with the part of a cell that its last one covers. */
function bar(share: number, eighths: readonly string[]): string {
  const parts = Math.round(share * barCells * eighths.length);
  const full = Math.floor(parts / eighths.length);
  const rest = parts % eighths.length;
  return (eighths.at(-1) ?? "").repeat(full) + (rest > 0 ? (eighths[rest - 1] ?? "") : "");
}

/** The system pane: what the trainer takes of the machine. What is not known is left out. */
export function systemPane(frame: Frame, size: PaneSize): Line[] {
  const { state } = frame;
  const { system } = state;
  const rows: Line[] = [];
  const fact = (name: string, value: string): Line => [span(` ${padRight(name, 10)}${value}`)];
  if (system === null) {
    rows.push([span(" not measured yet", "dim")]);
  } else {
    if (system.gpu_percent !== null) {
      const memory = system.gpu_memory_bytes === null ? "" : `${gigabytes(system.gpu_memory_bytes)} GB`;
      rows.push(meter(frame, "GPU", system.gpu_percent, state.gpu, memory));
    }
    if (system.cpu_percent !== null) {
      const threads = state.start === null ? "" : plural(state.start.threads, "thread");
      rows.push(meter(frame, "CPU", system.cpu_percent, state.cpu, threads));
    }
    rows.push(fact("trainer", `${gigabytes(system.rss_bytes)} GB`));
    if (frame.usage !== null) rows.push(fact("monitor", `${gigabytes(frame.usage.rssBytes)} GB`));
    if (system.tensors !== null) rows.push(fact("tensors", `${system.tensors}`));
    if (system.disk_free_bytes !== null) {
      rows.push(fact("disk", `${(system.disk_free_bytes / 1e9).toFixed(1)} GB free`));
    }
  }
  return pane(
    paneTitle(frame, "system", "system"),
    [[span("trainer's process", "dim")]],
    rows,
    size,
    frame.glyphs,
  );
}

const meterCells = 11;

function meter(frame: Frame, name: string, percent: number, history: readonly number[], fact: string): Line {
  const { heat } = frame.glyphs;
  // More than one core in use is more than 100 %; the meter is full then.
  const spark = history
    .slice(-meterCells)
    .map(
      (value) => heat[Math.min(heat.length - 1, Math.max(0, Math.round((value / 100) * (heat.length - 1))))],
    );
  return [
    span(` ${name} ${padLeft(`${Math.round(percent)} %`, 8)}  `),
    span(padRight(spark.join(""), meterCells), "train"),
    span(`  ${fact}`),
  ];
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(2);
}

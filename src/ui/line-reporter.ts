import {
  formatBytes,
  formatCount,
  formatLeft,
  formatRate,
  formatSignificant,
  printable,
} from "../base/format.js";
import type { RunEvent, RunStartEvent } from "../runs/events.js";
import { finalFacts } from "./closing-lines.js";
import { TrainingClock } from "./elapsed.js";
import { healthText, metricList } from "./log-text.js";
import { epochsOf, formatEpoch, formatMetric } from "./wording.js";

export interface LineReporterOptions {
  /** The run folder, for the last line. */
  readonly folder: string;
  /** Steps between two `step` lines; left out, one every 10 seconds. */
  readonly logEvery?: number;
  /** Only warnings, errors and the end. */
  readonly quiet?: boolean;
}

/** Levels up to which a `rates` line names them all. */
const namedLevels = 12;
const secondsBetweenSteps = 10;

/**
 * A run told in lines, for pipes, logs, screen readers and terminals without a screen: elapsed training time, the kind,
 * then facts three spaces apart. It returns lines; writing and flushing them is the caller's.
 */
export class LineReporter {
  readonly #options: LineReporterOptions;
  readonly #clock = new TrainingClock();
  #start: RunStartEvent | null = null;
  #lastStepLine = { step: 0, seconds: 0 };

  constructor(options: LineReporterOptions) {
    this.#options = options;
  }

  /** The lines for an event, in the order of `events.jsonl`. */
  report(event: RunEvent): string[] {
    this.#clock.tick(Date.parse(event.at), event.type === "run.start");
    if (event.type === "phase" && event.phase === "pause") this.#clock.pause(event.state !== "end");
    if (event.type === "run.start") {
      this.#start = event;
      this.#lastStepLine = { step: event.resumed_from_step ?? 0, seconds: this.#clock.seconds };
    }
    if (this.#options.quiet === true && !isLoud(event)) return [];
    if (event.type === "step" && !this.#isDue(event.step)) return [];
    const line = this.#describe(event);
    return line === null ? [] : [`${clockText(this.#clock.seconds)} ${line}`];
  }

  #isDue(step: number): boolean {
    const { logEvery } = this.#options;
    const { seconds } = this.#clock;
    const due =
      logEvery === undefined
        ? seconds - this.#lastStepLine.seconds >= secondsBetweenSteps
        : Math.floor(step / logEvery) > Math.floor(this.#lastStepLine.step / logEvery);
    if (due) this.#lastStepLine = { step, seconds };
    return due;
  }

  #describe(event: RunEvent): string | null {
    switch (event.type) {
      case "run.start":
        return facts("start", startFacts(event));
      case "step":
        return facts("step", this.#stepFacts(event));
      case "epoch":
        return facts("epoch", this.#epochFacts(event));
      case "evaluation":
        return facts("eval", [printable(event.split), metricList(event.metrics)]);
      case "rates":
        return this.#rates(event);
      case "checkpoint":
        return facts("saved", [printable(event.name), formatBytes(event.bytes), event.reason]);
      case "command":
        return facts("asked", [event.command.replaceAll("_", " "), answer(event)]);
      case "phase":
        return phaseLine(event);
      case "warning":
        return facts("warn", [printable(event.code), printable(event.message)]);
      case "health":
        return facts("health", [healthText(event)]);
      case "log":
        return event.level === "debug" ? null : facts(logKind(event.level), [printable(event.text)]);
      case "run.end":
        return facts("end", [
          event.outcome,
          ...(event.code === null ? [] : [printable(event.code)]),
          ...finalFacts(event.final),
          printable(this.#options.folder),
        ]);
      default:
        return null;
    }
  }

  #stepFacts(event: RunEvent & { type: "step" }): string[] {
    const total = this.#start === null ? "" : `/${formatCount(this.#start.steps)}`;
    return [
      `${formatCount(event.step)}${total}`,
      `epoch ${event.epoch.toFixed(2)}`,
      `loss ${formatMetric("loss", event.loss)}`,
      `${formatSignificant(event.steps_per_second, 3)} steps/s`,
      event.left_seconds === null ? "left: measuring" : `left ${formatLeft(event.left_seconds)}`,
    ];
  }

  #epochFacts(event: RunEvent & { type: "epoch" }): string[] {
    const total = this.#start === null ? "" : `/${formatEpoch(epochsOf(this.#start))}`;
    const val = Object.entries(event.val ?? {});
    return [
      `${formatEpoch(event.epoch)}${total}`,
      `loss ${formatMetric("loss", event.train.loss)}`,
      ...val.map(([name, value]) => `val.${printable(name)} ${formatMetric(name, value)}`),
      ...(event.best ? ["best"] : []),
    ];
  }

  /** Rates that change within an epoch are told at whole epochs only; a difference from the plan always is. */
  #rates(event: RunEvent & { type: "rates" }): string | null {
    const time = `t=${formatEpoch(event.t)}`;
    if (!event.equal) return facts("rates", [time, "differ from the plan"]);
    if (!Number.isInteger(event.t)) return null;
    const named = event.applied.map((rate, level) => {
      const address = this.#start?.levels[level]?.address ?? `level ${level + 1}`;
      return `${printable(address)} ${formatRate(rate, 3)}`;
    });
    const first = named[0];
    const last = named.at(-1);
    if (named.length <= namedLevels || first === undefined || last === undefined) {
      return facts("rates", [time, ...named]);
    }
    return facts("rates", [time, first, `${named.length - 2} levels between`, last]);
  }
}

function facts(kind: string, list: readonly string[]): string {
  return `${kind.padEnd(6)} ${list.join("   ")}`;
}

function startFacts(event: RunEvent & { type: "run.start" }): string[] {
  const resumed =
    event.resumed_from_step === null ? [] : [`resumed from step ${formatCount(event.resumed_from_step)}`];
  return [
    printable(event.run),
    `${printable(event.backend)} ${printable(event.device)}`,
    length(event),
    ...resumed,
  ];
}

/** `30 epochs, 25,320 steps`; of a run that stops early, what it does of the plan. */
function length(event: RunEvent & { type: "run.start" }): string {
  const planned = formatEpoch(event.epochs);
  const own = formatEpoch(epochsOf(event));
  return `${own === planned ? own : `${own} of ${planned}`} epochs, ${formatCount(event.steps)} steps`;
}

function answer(event: RunEvent & { type: "command" }): string {
  if (event.accepted) return "taken up";
  return event.reason === null ? "not now" : `not now: ${printable(event.reason)}`;
}

function phaseLine(event: RunEvent & { type: "phase" }): string | null {
  if (event.phase === "pause" && event.state === "begin") return facts("paused", []).trimEnd();
  if (event.phase === "compile" && event.state === "end") {
    return facts("ready", [`compiled in ${event.seconds.toFixed(1)} s`]);
  }
  return null;
}

function logKind(level: "info" | "warn" | "error"): string {
  return level === "info" ? "note" : level;
}

function isLoud(event: RunEvent): boolean {
  if (event.type === "log") return event.level === "warn" || event.level === "error";
  if (event.type === "rates") return !event.equal;
  return event.type === "warning" || event.type === "health" || event.type === "run.end";
}

/** Elapsed time as h:mm:ss. */
function clockText(seconds: number): string {
  const whole = Math.floor(seconds);
  const two = (n: number) => n.toString().padStart(2, "0");
  return `${Math.floor(whole / 3600)}:${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}`;
}

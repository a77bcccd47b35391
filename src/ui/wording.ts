import { formatLeft, formatPercent, formatSignificant } from "../base/format.js";
import type { RunStartEvent } from "../runs/events.js";

/** Metrics that are shares of one are written as percentages. */
export function isShare(metric: string): boolean {
  const name = metric.slice(metric.lastIndexOf(".") + 1);
  return /^(accuracy|balanced_accuracy|top\(\d+\)|precision|recall|f1)$/.test(name);
}

/** A metric's value as people read it: 87.4 %, 0.371; missing or not a number says so. */
export function formatMetric(metric: string, value: number | undefined): string {
  if (value === undefined) return "-";
  if (!Number.isFinite(value)) return formatSignificant(value, 3);
  return isShare(metric) ? formatPercent(value) : formatSignificant(value, 3);
}

/** An epoch as a position: 2.41; whole ones without decimals. */
export function formatEpoch(epoch: number): string {
  return Number.isInteger(epoch) ? epoch.toString() : epoch.toFixed(2);
}

/** Epochs that a run will have done at its end: less than its plan has where it was started with --epochs or --steps. */
export function epochsOf(start: Pick<RunStartEvent, "steps" | "steps_per_epoch">): number {
  return start.steps / start.steps_per_epoch;
}

/** Time left as a sentence of the progress line: "23 min left", "about 3:04 h left". */
export function leftSentence(seconds: number | null): string {
  if (seconds === null) return "measuring";
  return `${seconds >= 3600 ? "about " : ""}${formatLeft(seconds)} left`;
}

/** 2 h 10 min, 13 min, 45 s: a length of time in words. */
export function formatSpan(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** What follows the last hyphen of a run's name: the id that commands take. */
export function shortId(run: string): string {
  return run.slice(run.lastIndexOf("-") + 1);
}

/** The first metric of a record that is not the loss. */
export function mainMetric(metrics: Readonly<Record<string, number>>): string | null {
  return Object.keys(metrics).find((name) => name !== "loss") ?? null;
}

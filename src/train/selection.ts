import { lowerIsBetter } from "../engine/index.js";
import type { TrainSettings } from "../program/types.js";

/** The checkpoint that a run keeps, and why. */
export interface Best {
  /** Name of the checkpoint. */
  readonly checkpoint: string;
  /** `SPLIT.METRIC` */
  readonly metric: string;
  readonly value: number;
  /** Completed epochs when it was measured. */
  readonly epoch: number;
}

/** Whether `value` beats `best`. A tie is no improvement: of equals the earliest is kept. */
export function isBetter(metric: string, value: number, best: number | null): boolean {
  if (Number.isNaN(value)) return false;
  if (best === null) return true;
  return lowerIsBetter(metric) ? value < best : value > best;
}

/** How a metric is called over splits. */
export function metricReference(split: string, metric: string): string {
  return `${split}.${metric}`;
}

/** The value that decides what `keep` keeps, out of what was measured by split; null when it was not measured. */
export function keptValue(
  keep: TrainSettings["keep"],
  measured: Readonly<Record<string, Readonly<Record<string, number>> | undefined>>,
): number | null {
  return keep.kind === "best" ? (measured[keep.split]?.[keep.metric] ?? null) : null;
}

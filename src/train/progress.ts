import { addMetricSums, metricValues, type StepOutcome } from "../engine/index.js";
import type { Watched } from "./patience.js";
import type { Best } from "./selection.js";

/**
 * Where training stands, apart from the tensors: what a resumed run needs to go on as if nothing had happened. Plain
 * data; it travels in the checkpoint.
 */
export interface Progress {
  /** Completed optimizer steps. */
  step: number;
  /**
   * Whether all that is due after that step (evaluation, the epoch's record) is done. False in a checkpoint of a run
   * that was stopped in between: resuming begins with it.
   */
  settled: boolean;
  /** Sums over the steps of the epoch under way. */
  epoch: EpochSums;
  /** Means of the last complete epoch, `loss` included; null before the first. */
  lastEpoch: Record<string, number> | null;
  best: Best | null;
  /** What a schedule that watches a metric has seen, and how often it lowered the rate; absent where none does. */
  plateau?: { readonly watched: Watched; readonly drops: number };
  /** What `stop early` has seen; absent where the spec has none. */
  early?: Watched;
  /** The run has ended before its length, as `stop` says. */
  ended?: boolean;
  /** Seconds of training over all parts of the run, pauses left out. */
  seconds: number;
}

export interface EpochSums {
  samples: number;
  lossSum: number;
  metricSums: Record<string, number>;
  seconds: number;
}

export function freshProgress(): Progress {
  return { step: 0, settled: true, epoch: emptySums(), lastEpoch: null, best: null, seconds: 0 };
}

export function emptySums(): EpochSums {
  return { samples: 0, lossSum: 0, metricSums: {}, seconds: 0 };
}

/** Adds one step to the sums of its epoch. */
export function addStep(sums: EpochSums, outcome: StepOutcome): void {
  sums.samples += outcome.samples;
  sums.lossSum += outcome.loss * outcome.samples;
  addMetricSums(sums.metricSums, outcome.metricSums);
}

/** Loss and metrics over the samples, `loss` first. */
export function means(sums: Pick<EpochSums, "samples" | "lossSum" | "metricSums">): {
  loss: number;
  [metric: string]: number;
} {
  return { loss: sums.lossSum / sums.samples, ...metricValues(sums.metricSums, sums.samples) };
}

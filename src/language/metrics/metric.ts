import type { Entry } from "../catalogue.js";
import type { TargetKind } from "../losses/loss.js";

export interface MetricEntry extends Entry {
  /** The target it compares outputs with, as a loss does. */
  readonly target: TargetKind;
  /** Less is better: errors. */
  readonly lowerIsBetter?: boolean;
  /** Needs the outputs of a whole split at once: measured in evaluations, not on training batches. */
  readonly wholeSplit?: boolean;
}

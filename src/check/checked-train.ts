import type { Span } from "../diagnostics/index.js";
import type { LossEntry } from "../language/losses/index.js";
import type { MetricEntry } from "../language/metrics/index.js";
import type { TrainSettings } from "../program/types.js";
import type { CallExpression, Name } from "../syntax/index.js";
import type { CheckedCall } from "./calls.js";
import type { MetricContext } from "./metric-reference.js";
import type { InitChoice } from "./model/init.js";
import type { CheckedSchedule } from "./training/schedule.js";
import type { Selection } from "./training/stopping.js";

/** What a `train` section names; null where the file has one of a kind. */
export interface TrainNames {
  readonly span: Span;
  readonly data: Name | null;
  readonly model: CallExpression | null;
  /** Several are joined by `+`. */
  readonly curriculum: readonly Name[] | null;
}

/** A `train` section as far as it is sound. */
export interface TrainReading {
  /** Null where one of the names is none. */
  readonly names: TrainNames | null;
  /** What can be referred to as SPLIT.METRIC; null where that can't be told. */
  readonly measured: MetricContext | null;
  /** Null after any fault. */
  readonly train: CheckedTrain | null;
}

/** A `train` section by itself. */
export interface CheckedTrain extends TrainNames {
  readonly loss: CheckedCall<LossEntry>;
  readonly lossSpan: Span;
  /** As written; empty where the default stands in. */
  readonly metrics: readonly CheckedCall<MetricEntry>[];
  readonly init: InitChoice;
  readonly settings: TrainSettings;
  readonly rateSpan: Span | null;
  readonly schedule: CheckedSchedule;
  readonly lengthSpan: Span;
  /** What `keep`, `stop` and the schedule look at. */
  readonly selections: readonly Selection[];
  /** What can be referred to as SPLIT.METRIC. */
  readonly measured: MetricContext;
}

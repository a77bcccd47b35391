import type { Entry } from "../catalogue.js";

/** What a loss compares: the head and the target have to fit. */
export type TargetKind =
  /** The sample's class: one output a class. */
  | "class"
  /** Numbers: as many outputs as numbers. */
  | "number"
  /** Boxes with classes, from the raw maps of a detection head. */
  | "boxes";

export interface LossEntry extends Entry {
  readonly target: TargetKind;
  /** What the loss applies to the outputs itself: a model ends with the numbers before it. */
  readonly activation?: "softmax" | "sigmoid";
  /** Two classes may also be told apart by one output: its sign decides. */
  readonly oneOutputForTwoClasses?: boolean;
}

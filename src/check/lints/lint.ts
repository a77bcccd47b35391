import type { Diagnostic } from "../../diagnostics/index.js";
import type { File } from "../../syntax/index.js";
import type { CheckedModel } from "../model/index.js";
import type { PlannedRates } from "../plans.js";
import type { CheckedTrain } from "../train.js";

/** A file that is right, as lints see it. */
export interface LintContext {
  readonly file: File;
  /** Models of the file with their defaults. */
  readonly models: ReadonlyMap<string, CheckedModel>;
  /** The model that is trained, with the arguments that `train` gives it. */
  readonly trained: CheckedModel | null;
  /** Null where the file trains nothing. */
  readonly train: CheckedTrain | null;
  /** The rate plans of the run and of every arm, and what they were made of. */
  readonly planned: readonly PlannedRates[];
}

/** Something that is right, but seldom meant: a warning, which a reasoned waiver on the line before takes away. */
export interface Lint {
  readonly code: string;
  /** What a waiver calls it. */
  readonly rule: string;
  /** What it warns of, in a line. */
  readonly summary: string;
  check(context: LintContext): readonly Diagnostic[];
}

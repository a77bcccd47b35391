import { type CodeEntry, code } from "../../diagnostics/codes/code.js";
import type { Diagnostic } from "../../diagnostics/index.js";
import type { File } from "../../syntax/index.js";
import type { CheckedTrain } from "../checked-train.js";
import type { CheckedModel } from "../model/index.js";
import type { PlannedRates } from "../plans.js";

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
  /** What a waiver calls it. */
  readonly rule: string;
  /** What `lerac explain` and `docs/errors` say of its code. */
  readonly page: CodeEntry;
  check(context: LintContext): readonly Diagnostic[];
}

export function lint({
  page,
  ...rest
}: Omit<Lint, "page"> & { readonly page: Omit<CodeEntry, "severity"> }): Lint {
  return { ...rest, page: code({ ...page, severity: "warning" }) };
}

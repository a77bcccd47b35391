import type { RatePlan } from "../plan/types.js";

/** One side of a comparison: the program again, under another rate plan. */
export interface ArmProgram {
  readonly name: string;
  /** Curricula of the file, or bare kinds, that it joins. */
  readonly curricula: readonly string[];
  readonly plan: Omit<RatePlan, "table">;
}

/** A claim about means over seeds and folds. */
export interface ClaimProgram {
  /** In the author's words. */
  readonly text: string;
  /** The arms it speaks of: two where one is set against the other. */
  readonly arms: readonly string[];
  readonly left: ClaimSide;
  readonly operator: "==" | "!=" | "<" | "<=" | ">" | ">=";
  readonly right: ClaimSide;
  /** D of `A == B within D`: |A − B| ≤ D. */
  readonly within: number | null;
  /** P of `with p < P`: bound of the exact one-sided signed-rank p. */
  readonly p: number | null;
}

export type ClaimSide =
  | { readonly kind: "number"; readonly value: number }
  /** At the kept checkpoint. */
  | { readonly kind: "measured"; readonly arm: string; readonly split: string; readonly metric: string };

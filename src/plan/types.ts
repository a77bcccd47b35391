/** A run time: so many epochs, so many steps, or a share (0 to 1) of the whole run. */
export interface Time {
  readonly unit: "epochs" | "steps" | "share";
  readonly value: number;
}

export interface RatePlan {
  /** Name and kind of the curriculum in force: `lerac`, `conventional`. */
  readonly curriculum: string;
  readonly levels: readonly Level[];
  readonly rule: RateRule;
  readonly schedule: Schedule;
  /** How often rates are recomputed: t is rounded down to a multiple of it. */
  readonly every: Time;
  /**
   * The rates themselves, row by row: `rates[i][j]` is in force for level j from t = `t[i]` epochs on. Baked in so
   * that a program is read, reviewed and checked without running anything; recomputed and compared when it is loaded.
   * Null where it depends on the size of data that was not there (epochs and steps mixed in one plan).
   */
  readonly table: { readonly t: readonly number[]; readonly rates: readonly (readonly number[])[] } | null;
}

export interface Level {
  /** What the level is called: the address all its tensors share, or the selector as written. */
  readonly address: string;
  /** Addresses of the trainable tensors in it. Every trainable tensor is in exactly one level. */
  readonly tensors: readonly string[];
  /** η_j(0). */
  readonly start: number;
}

export type RateRule =
  | { readonly kind: "conventional"; readonly common: number }
  | {
      readonly kind: "lerac";
      /** η(0): the optimizer's rate, that every level has from k on. */
      readonly common: number;
      /** k. */
      readonly until: Time;
      readonly growth: "exponential";
      /** How the first rates lie between their ends; `listed` where the author gave each. */
      readonly spacing: "log" | "linear" | "listed";
    };

export type Schedule =
  | { readonly kind: "constant" }
  /** From the end of the curriculum to the end of the run, half a cosine down to `floor`. */
  | { readonly kind: "cosine"; readonly floor: number };

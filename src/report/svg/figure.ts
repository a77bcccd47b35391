/** A drawing in its own coordinates, from (0, 0) down to its height. */
export interface Figure {
  readonly height: number;
  readonly body: readonly string[];
}

/** Rates of a plan as the figures draw them. */
export interface RateData {
  readonly levels: readonly { readonly address: string }[];
  readonly unit: "epoch" | "step";
  /** k, 0 where there is no curriculum. */
  readonly until: number;
  /** The end of the run. */
  readonly end: number;
  /** `rates[i][j]` is in force for level j from `t[i]` on. */
  readonly t: readonly number[];
  readonly rates: readonly (readonly number[])[];
  /** Lowest and highest rate above 0. */
  readonly lowest: number;
  readonly highest: number;
}

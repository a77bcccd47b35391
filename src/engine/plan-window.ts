import { invariant } from "../base/invariant.js";

/** The part of the rate plan that an executor holds: a row of rates, one a level, for each of a run of steps. */
export class PlanWindow {
  #base = 0;
  #rows: readonly Float32Array[] = [];

  constructor(readonly levels: number) {}

  /** Replaces the window. `rows[i][j]` is the rate of level j at step `base + i`. The rows are copied. */
  write(base: number, rows: readonly Float32Array[]): void {
    invariant(
      rows.every((row) => row.length === this.levels),
      `rows of the rate plan need ${this.levels} rates each`,
    );
    this.#base = base;
    this.#rows = rows.map((row) => row.slice());
  }

  /** The rates that the step after `step` completed ones consumes. */
  row(step: number): Float32Array {
    const row = this.#rows[step - this.#base];
    invariant(
      row,
      `step ${step} lies outside of the plan window, ${this.#base} to ${this.#base + this.#rows.length - 1}`,
    );
    return row;
  }
}

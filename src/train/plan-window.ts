import type { Executor } from "../engine/executor.js";
import type { Clock, RatePlan } from "../plan/index.js";
import { plannedRates } from "./audit.js";

/** Rows an executor is given at once: bounds memory for plans that change at every step of a long run. */
export const windowRows = 4096;

/** Hands the rate plan to an executor, window by window, as training moves through it. */
export class PlanWindow {
  readonly #plan: RatePlan;
  readonly #clock: Clock;
  readonly #rows: number;
  #begin = 0;
  #end = 0;
  #drops = 0;

  constructor(plan: RatePlan, clock: Clock, rows: number = windowRows) {
    this.#plan = plan;
    this.#clock = clock;
    this.#rows = rows;
  }

  /**
   * Makes sure that the executor holds the row of the step after `step` completed steps.
   *
   * @param drops how often a schedule that watches a metric has lowered the rate so far
   */
  cover(step: number, executor: Executor, drops = 0): void {
    if (step >= this.#begin && step < this.#end && drops === this.#drops) return;
    this.#drops = drops;
    this.#begin = step;
    this.#end = Math.min(step + this.#rows, this.#clock.steps);
    const rows: Float32Array[] = [];
    for (let row = this.#begin; row < this.#end; row++) {
      rows.push(plannedRates(this.#plan, this.#clock, row, drops));
    }
    executor.writePlan(this.#begin, rows);
  }
}

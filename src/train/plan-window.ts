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

  constructor(plan: RatePlan, clock: Clock, rows: number = windowRows) {
    this.#plan = plan;
    this.#clock = clock;
    this.#rows = rows;
  }

  /** Makes sure that the executor holds the row of the step after `step` completed steps. */
  cover(step: number, executor: Executor): void {
    if (step >= this.#begin && step < this.#end) return;
    this.#begin = step;
    this.#end = Math.min(step + this.#rows, this.#clock.steps);
    const rows: Float32Array[] = [];
    for (let row = this.#begin; row < this.#end; row++) rows.push(plannedRates(this.#plan, this.#clock, row));
    executor.writePlan(this.#begin, rows);
  }
}

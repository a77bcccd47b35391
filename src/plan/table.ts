import { type Clock, inSteps } from "./clock.js";
import { ratesAt } from "./rates.js";
import type { RatePlan } from "./types.js";

/** Rows a baked-in table holds at most; a plan with more ticks is sampled evenly, its first and last tick kept. */
export const tableRows = 4096;

/**
 * The plan as numbers, a row for each tick of the run, in the clock's unit of time (`symbolicClock`: epochs for a plan
 * written in epochs).
 */
export function rateTable(plan: RatePlan, clock: Clock): NonNullable<RatePlan["table"]> {
  const tick = inSteps(plan.every, clock);
  const ticks = Math.max(1, Math.ceil(clock.steps / tick - 1e-9));
  const rows = Math.min(ticks, tableRows);
  const t: number[] = [];
  for (let row = 0; row < rows; row++) {
    const index = rows === 1 ? 0 : Math.round((row * (ticks - 1)) / (rows - 1));
    t.push(index * tick);
  }
  return { t, rates: t.map((moment) => ratesAt(plan, clock, moment)) };
}

import { type Clock, inSteps } from "./clock.js";
import { conventionalRate } from "./curricula/conventional/rule.js";
import { leracRate } from "./curricula/lerac/rule.js";
import { scheduledRate } from "./schedules.js";
import type { RatePlan } from "./types.js";

/**
 * The rate of every level that the step after `step` completed steps consumes: curriculum until k, schedule from there
 * on, both at the tick at or before `step`. Pure and total for 0 ≤ step ≤ clock.steps.
 */
export function ratesAt(plan: RatePlan, clock: Clock, step: number): number[] {
  const k = plan.rule.kind === "lerac" ? inSteps(plan.rule.until, clock) : 0;
  const t = tickAt(step, inSteps(plan.every, clock), k);
  const { rule } = plan;
  if (t >= k) {
    const common = scheduledRate(plan.schedule, rule.common, { from: k, to: clock.steps }, t);
    return plan.levels.map(() => common);
  }
  return plan.levels.map((level) =>
    rule.kind === "lerac" ? leracRate(level.start, rule.common, t, k) : conventionalRate(rule.common),
  );
}

/** The moment at which the rates in force at `step` were computed: a multiple of `tick`, or k, which always is one. */
function tickAt(step: number, tick: number, k: number): number {
  // Ticks that are a fraction of an epoch have no exact form; the slack keeps a step that is one on its own tick.
  const rounded = Math.floor(step / tick + 1e-9) * tick;
  return step >= k ? Math.max(rounded, k) : rounded;
}

import { invariant } from "../base/invariant.js";
import { type Clock, curriculumEnd, inSteps } from "./clock.js";
import { curriculumKind, type RateKind } from "./curricula/index.js";
import { scheduledRate, scheduleMarks, warmupEnd } from "./schedules/index.js";
import type { Level, RatePlan } from "./types.js";

/**
 * The rate of every level that the step after `step` completed steps consumes: curriculum until k, schedule from there
 * on, both at the tick at or before `step`; `hold` and `freeze` before both. Pure and total for 0 ≤ step ≤ clock.steps.
 *
 * @param drops how often a schedule that watches a metric has lowered the rate so far
 */
export function ratesAt(plan: RatePlan, clock: Clock, step: number, drops = 0): number[] {
  const { rule } = plan;
  const k = curriculumEnd(plan, clock);
  const tick = tickLength(plan, clock);
  const t = momentOf(plan, clock, step);
  const kind = rateKind(plan);
  if (t >= k) {
    const common = scheduledRate(plan.schedule, rule.common, { from: k, to: clock.steps }, t, clock, drops);
    return plan.levels.map(
      (level) => heldRate(level, clock, step) ?? kind.follow?.(rule, level.start, common) ?? common,
    );
  }
  return plan.levels.map(
    (level) =>
      heldRate(level, clock, step) ??
      kind.ramp(rule, level.start, { t, k, tick, epoch: clock.stepsPerEpoch }),
  );
}

/** Steps between two recomputations of the rates; 0 where they flow. */
export function tickLength(plan: Pick<RatePlan, "every">, clock: Clock): number {
  return clock.continuous === true && plan.every.unit === "steps" ? 0 : inSteps(plan.every, clock);
}

/**
 * Moments at which rates change, besides the ticks: k, the end of a warm-up, and the instants of the schedule. In steps,
 * in order.
 */
export function marksOf(plan: RatePlan, clock: Clock): number[] {
  const k = curriculumEnd(plan, clock);
  const span = { from: k, to: clock.steps };
  const marks = [k, warmupEnd(plan.schedule, span, clock), ...scheduleMarks(plan.schedule, span, clock)];
  return marks.sort((a, b) => a - b);
}

/** Ends of `hold` and `freeze`, in steps. */
export function holdEnds(plan: RatePlan, clock: Clock): number[] {
  return plan.levels.flatMap(({ hold }) => (hold?.until ? [inSteps(hold.until, clock)] : []));
}

/** The moment whose rates are in force at `step`: the last tick or mark; within a warm-up, `step` itself. */
function momentOf(plan: RatePlan, clock: Clock, step: number): number {
  const k = curriculumEnd(plan, clock);
  if (step >= k && step < warmupEnd(plan.schedule, { from: k, to: clock.steps }, clock)) return step;
  const tick = tickLength(plan, clock);
  // Ticks that are a fraction of an epoch have no exact form; the slack keeps a step that is one on its own tick.
  let moment = tick === 0 ? step : Math.floor(step / tick + 1e-9) * tick;
  for (const mark of marksOf(plan, clock)) if (mark <= step) moment = Math.max(moment, mark);
  return moment;
}

/** The rate that `hold` or `freeze` sets at `step`; null where the curriculum does. */
function heldRate({ hold }: Level, clock: Clock, step: number): number | null {
  if (hold === undefined) return null;
  return hold.until === null || step < inSteps(hold.until, clock) ? hold.rate : null;
}

function rateKind(plan: RatePlan): RateKind {
  const { rates, name } = curriculumKind(plan.rule.kind);
  invariant(rates !== null, `${name} sets no rates`);
  return rates;
}

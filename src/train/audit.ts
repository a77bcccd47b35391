import { scientific } from "../base/format.js";
import { fail, type LeracError } from "../diagnostics/index.js";
import { type Clock, type RatePlan, ratesAt } from "../plan/index.js";

/**
 * The rates that the step after `step` completed steps has to consume: the plan's, computed in double precision and
 * rounded once to float32. Computed anew for every step and apart from the window the executor was given, so that a
 * fault in either shows.
 *
 * @param drops how often a schedule that watches a metric has lowered the rate so far
 */
export function plannedRates(plan: RatePlan, clock: Clock, step: number, drops = 0): Float32Array {
  return Float32Array.from(ratesAt(plan, clock, step, drops));
}

/** The first level whose applied rate is not the planned one, bit for bit; null when all are. */
export function firstDifference(planned: Float32Array, applied: Float32Array): number | null {
  const plannedBits = new Uint32Array(planned.buffer, planned.byteOffset, planned.length);
  const appliedBits = new Uint32Array(applied.buffer, applied.byteOffset, applied.length);
  const levels = Math.max(planned.length, applied.length);
  for (let level = 0; level < levels; level++) if (plannedBits[level] !== appliedBits[level]) return level;
  return null;
}

/** The end of a run whose updates did not follow its plan: the results would not be what the spec says. */
export function auditFailure(
  plan: RatePlan,
  level: number,
  rates: { readonly planned: Float32Array; readonly applied: Float32Array; readonly step: number },
): LeracError {
  const address = plan.levels[level]?.address ?? "none";
  const exact = (value: number | undefined) => (value === undefined ? "nothing" : scientific(value, 9));
  return fail(
    "training",
    "L0710",
    `the rate applied at level ${level + 1} (${address}) is not the planned one, at step ${rates.step}`,
    {
      notes: [
        `planned ${exact(rates.planned[level])}, applied ${exact(rates.applied[level])}`,
        "weights from here on would not be those of the spec; the last checkpoint is from before",
      ],
      helps: ["this is a fault of the backend, not of the spec: `lerac doctor`, or another `--backend`"],
    },
  );
}

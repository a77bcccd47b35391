import type { RatePlan, Time } from "./types.js";

/** How long an epoch and the whole run are, in optimizer steps. The run is the planned one, not one cut short. */
export interface Clock {
  readonly stepsPerEpoch: number;
  readonly steps: number;
}

/** A run time in steps; a fraction where an epoch does not divide. */
export function inSteps(time: Time, clock: Clock): number {
  switch (time.unit) {
    case "steps":
      return time.value;
    case "epochs":
      return time.value * clock.stepsPerEpoch;
    case "share":
      return time.value * clock.steps;
  }
}

/**
 * The clock of a plan in which an epoch is one step: enough to compute every rate of a plan that is written in epochs
 * and shares alone, without knowing how much data there is. A plan in steps alone gets a clock in steps. Null where
 * both occur: then the rates depend on the size of the data.
 */
export function symbolicClock(
  plan: Pick<RatePlan, "rule" | "every">,
  length: { readonly unit: "epochs" | "steps"; readonly value: number },
): Clock | null {
  const times = [plan.every, ...(plan.rule.kind === "lerac" ? [plan.rule.until] : [])];
  if (times.some((time) => time.unit !== "share" && time.unit !== length.unit)) return null;
  return { stepsPerEpoch: 1, steps: length.value };
}

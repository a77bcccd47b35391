import { curriculumKind } from "./curricula/index.js";
import { isTime, type RatePlan, type Time } from "./types.js";

/** How long an epoch and the whole run are, in optimizer steps. The run is the planned one, not one cut short. */
export interface Clock {
  readonly stepsPerEpoch: number;
  readonly steps: number;
  /** An epoch counts as one, and the steps in it are not told apart: rates that change at each step flow. */
  readonly continuous?: true;
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

/** k in steps: until then the curriculum alone sets the rates; 0 where it has no such time. */
export function curriculumEnd(plan: Pick<RatePlan, "rule">, clock: Clock): number {
  return plan.rule.until === undefined ? 0 : inSteps(plan.rule.until, clock);
}

/** What of a plan depends on time. */
export type Timed = Pick<RatePlan, "rule" | "every"> &
  Partial<Pick<RatePlan, "schedule" | "modifiers" | "levels">>;

/**
 * The clock of a plan in which an epoch is one step: enough to compute every rate of a plan that is written in epochs
 * and shares alone, without knowing how much data there is. A plan in steps alone gets a clock in steps. Null where
 * both occur: then the rates depend on the size of the data.
 */
export function symbolicClock(
  plan: Timed,
  length: { readonly unit: "epochs" | "steps"; readonly value: number },
): Clock | null {
  const kind = curriculumKind(plan.rule.kind).rates;
  const flows = length.unit === "epochs" && isOneStep(plan.every) && !kind?.countsTicks?.(plan.rule);
  const times = [...(flows ? [] : [plan.every]), ...timesOf(plan)];
  if (kind?.countsEpochs?.(plan.rule)) times.push({ unit: "epochs", value: 1 });
  if (times.some((time) => time.unit !== "share" && time.unit !== length.unit)) return null;
  const clock = { stepsPerEpoch: 1, steps: length.value };
  return flows ? { ...clock, continuous: true } : clock;
}

function isOneStep(time: Time): boolean {
  return time.unit === "steps" && time.value === 1;
}

/** Every time that a plan is made of, its ticks left out. */
function timesOf({ rule, schedule, modifiers = [], levels = [] }: Timed): Time[] {
  const values = [rule, schedule ?? {}, ...modifiers].flatMap((stored) => Object.values(stored).flat());
  const ends = levels.flatMap((level) => level.hold?.until ?? []);
  // No time at all is as long in epochs as in steps.
  return [...values.filter(isTime), ...ends].filter((time) => time.value > 0);
}

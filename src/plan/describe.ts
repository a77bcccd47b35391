import { curriculumKind } from "./curricula/index.js";
import type { Modifier, RatePlan } from "./types.js";

/** The curriculum's rates in half a line: "0.1 -> 1e-6, log spacing, k = 5 epochs". */
export function describeRates(plan: RatePlan): string {
  const starts = plan.levels.filter((level) => level.hold?.until !== null).map((level) => level.start);
  return curriculumKind(plan.rule.kind).rates?.describe(plan.rule, starts) ?? plan.rule.kind;
}

/** What a curriculum does besides rates, in a line. */
export function describeModifier(modifier: Modifier): string {
  return curriculumKind(modifier.kind).modifier?.describe(modifier) ?? modifier.kind;
}

import type { ArgumentSpec } from "../language/arguments.js";
import { curricula } from "./curricula/index.js";
import { schedules } from "./schedules/index.js";
import { isTime, type RatePlan, type Schedule } from "./types.js";

/**
 * What in a plan that came in a program file is not as this version of the language stores it; null when all is. The
 * schema has seen to the form of each value.
 */
export function strangeInPlan(plan: Omit<RatePlan, "table">): string | null {
  const rates = curricula.get(plan.rule.kind)?.rates ?? null;
  if (rates === null) return `no curriculum \`${plan.rule.kind}\` sets rates`;
  if (!rates.isStored(plan.rule)) return "the settings of its curriculum";
  for (const modifier of plan.modifiers ?? []) {
    const kind = curricula.get(modifier.kind)?.modifier ?? null;
    if (kind === null) return `there is no curriculum \`${modifier.kind}\` to join`;
    if (!kind.isStored(modifier)) return `the settings of \`${modifier.kind}\``;
  }
  return strangeSchedule(plan.schedule);
}

function strangeSchedule(stored: Schedule): string | null {
  const table = schedules.get(stored.kind)?.arguments;
  if (table === undefined) return `there is no schedule \`${stored.kind}\``;
  const unknown = Object.keys(stored).find((name) => name !== "kind" && !Object.hasOwn(table, name));
  if (unknown !== undefined) return `its schedule has no \`${unknown}\``;
  const wrong = Object.entries(table).find(([name, spec]) => !fits(stored[name], spec));
  return wrong === undefined ? null : `\`${wrong[0]}\` of its schedule`;
}

function fits(value: unknown, spec: ArgumentSpec): boolean {
  if (value === undefined || value === null) return spec.default !== undefined;
  switch (spec.type) {
    case "time":
      return isTime(value);
    case "times":
      return Array.isArray(value) && value.every(isTime);
    case "metric":
      return typeof value === "object" && "metric" in value;
    default: {
      if (typeof value !== "number") return false;
      const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = spec;
      return value >= minimum && value <= maximum;
    }
  }
}

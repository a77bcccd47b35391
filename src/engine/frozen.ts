import type { RatePlan } from "../plan/index.js";

/** Addresses of the trainable tensors that stay as they are at a step: those whose level has the rate 0. */
export function frozenTensors(plan: Pick<RatePlan, "levels">, row: Float32Array): ReadonlySet<string> {
  const levels = plan.levels.filter((_, index) => row[index] === 0);
  return new Set(levels.flatMap((level) => level.tensors));
}

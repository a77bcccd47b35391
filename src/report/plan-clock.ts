import { type Clock, symbolicClock } from "../plan/index.js";
import type { TrainingProgram } from "../program/types.js";

/** Time as the plan's tables count it. */
export interface PlanClock {
  readonly clock: Clock;
  /** What one of the clock's units is called. */
  readonly unit: "epoch" | "step";
}

/**
 * The clock of a plan's tables: epochs where the plan is written in epochs and shares, steps where in steps. Where it
 * mixes both, it takes the number of samples: null where they are not known.
 */
export function planClock(program: TrainingProgram, samples: number | null): PlanClock | null {
  const { length } = program.train;
  const symbolic = symbolicClock(program.plan, length);
  if (symbolic !== null) return { clock: symbolic, unit: length.unit === "epochs" ? "epoch" : "step" };
  if (samples === null) return null;
  const stepsPerEpoch = stepsAnEpoch(program, samples);
  return {
    clock: { stepsPerEpoch, steps: length.unit === "epochs" ? length.value * stepsPerEpoch : length.value },
    unit: "step",
  };
}

/** Optimizer steps that an epoch over so many samples takes. */
export function stepsAnEpoch(program: TrainingProgram, samples: number): number {
  const { batch, lastBatch } = program.train;
  return Math.max(1, lastBatch === "drop" ? Math.floor(samples / batch) : Math.ceil(samples / batch));
}

/** Steps of the whole run; null where they follow from data that are not here. */
export function stepsOfRun(program: TrainingProgram, samples: number | null): number | null {
  const { length } = program.train;
  if (length.unit === "steps") return length.value;
  return samples === null ? null : length.value * stepsAnEpoch(program, samples);
}

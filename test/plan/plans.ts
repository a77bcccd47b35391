import type { Level, RatePlan, Schedule, Time } from "../../src/plan/index.js";

export const epochs = (value: number): Time => ({ unit: "epochs", value });
export const steps = (value: number): Time => ({ unit: "steps", value });
export const share = (value: number): Time => ({ unit: "share", value });

/** A level of one tensor. */
export function level(address: string, start: number, hold?: Level["hold"]): Level {
  return { address, tensors: [`${address}.weight`], start, ...(hold === undefined ? {} : { hold }) };
}

/** A plan under LeRaC, or without `until` under conventional training. */
export function planOf(options: {
  readonly starts?: readonly number[];
  readonly levels?: readonly Level[];
  readonly common?: number;
  readonly until?: Time;
  readonly schedule?: Schedule;
  readonly every?: Time;
  readonly rule?: Partial<RatePlan["rule"]>;
}): RatePlan {
  const { starts = [0.1], common = 0.1, until, schedule = { kind: "constant" }, every = epochs(1) } = options;
  const lerac = { kind: "lerac", growth: "exponential", spacing: "log" };
  return {
    curriculum: "test",
    levels: options.levels ?? starts.map((start, j) => level(`l${j}`, start)),
    rule: {
      ...(until === undefined ? { kind: "conventional" } : { ...lerac, until }),
      ...options.rule,
      common,
    },
    schedule,
    every,
    table: null,
  };
}

import type { MetricName, RunTime } from "../language/arguments.js";

/** A run time: so many epochs, so many steps, or a share (0 to 1) of the whole run. */
export type Time = RunTime;

/** What settings of curricula and schedules become in a program. */
export type PlanValue =
  | number
  | string
  | boolean
  | null
  | Time
  | MetricName
  | readonly (number | string | Time)[];

export interface RatePlan {
  /** Name of the curriculum in force; of two that are joined, both with `_` between. */
  readonly curriculum: string;
  /** In the order of their rates; what is held or frozen for good comes last. */
  readonly levels: readonly Level[];
  readonly rule: RateRule;
  readonly schedule: Schedule;
  /** How often rates are recomputed: t is rounded down to a multiple of it. */
  readonly every: Time;
  /** Curricula in force that set no rates; absent where there are none. */
  readonly modifiers?: readonly Modifier[];
  /**
   * The rates themselves, row by row: `rates[i][j]` is in force for level j from t = `t[i]` epochs on. Baked in so
   * that a program is read, reviewed and checked without running anything; recomputed and compared when it is loaded.
   * Null where it depends on the size of data that was not there (epochs and steps mixed in one plan).
   */
  readonly table: { readonly t: readonly number[]; readonly rates: readonly (readonly number[])[] } | null;
}

/** Tensors that have one rate at every moment of the run. */
export interface Level {
  /** What the level is called: the address all its tensors share, or the selector as written. */
  readonly address: string;
  /** Addresses of the trainable tensors in it. Every trainable tensor is in exactly one level. */
  readonly tensors: readonly string[];
  /** η_j(0). */
  readonly start: number;
  /** Where `hold` or `freeze` sets the rate instead of the curriculum. */
  readonly hold?: Hold;
}

export interface Hold {
  /** 0: frozen, batch statistics included. */
  readonly rate: number;
  /** From here on the level follows its curriculum; null: never. */
  readonly until: Time | null;
}

/** A kind of curriculum that sets rates, with what its `entry.ts` stores of its settings. */
export interface RateRule {
  readonly kind: string;
  /** η(0): the optimizer's rate. */
  readonly common: number;
  /** k: until then the curriculum alone sets the rates; absent where it has no such time. */
  readonly until?: Time;
  readonly [setting: string]: PlanValue | undefined;
}

/** A schedule of the common rate with its arguments. */
export interface Schedule {
  readonly kind: string;
  /** How long the rate rises at first; absent where it does not. */
  readonly warmup?: Time;
  readonly [argument: string]: PlanValue | undefined;
}

/** A kind of curriculum that sets no rates, with its settings. */
export interface Modifier {
  readonly kind: string;
  readonly [setting: string]: PlanValue | undefined;
}

/** A run time, told from other values of a plan. */
export function isTime(value: unknown): value is Time {
  return typeof value === "object" && value !== null && "unit" in value && "value" in value;
}

import type { ArgumentTable, ArgumentValues } from "../../language/arguments.js";
import type { Entry } from "../../language/catalogue.js";
import type { Clock } from "../clock.js";

/** Where a schedule stands. Times are in steps. */
export interface ScheduleMoment {
  /** η(0). */
  readonly common: number;
  /** Where it takes over: the end of the curriculum, or of the warm-up that follows it. */
  readonly from: number;
  /** The end of the run. */
  readonly to: number;
  readonly t: number;
  readonly clock: Clock;
  /** How often it has lowered the rate so far, where it watches a metric. */
  readonly drops: number;
}

/** How the common rate moves once the curriculum has ended: signature, documentation and shape in one file. */
export interface ScheduleEntry<P extends ArgumentTable = ArgumentTable> extends Entry {
  readonly arguments: P;
  /** The common rate at time t, from ≤ t ≤ to. */
  rate(values: ArgumentValues<P>, moment: ScheduleMoment): number;
  /** Instants of the run at which the rate jumps, in steps. */
  marks?(values: ArgumentValues<P>, moment: Omit<ScheduleMoment, "t" | "drops">): readonly number[];
  /** Starts below the common rate, so that it clashes with a curriculum that has just reached it. */
  readonly rises?: boolean;
  /** Lowers the rate when a metric stays as it is: no plan knows when. */
  readonly watches?: boolean;
}

/** Keeps the argument types of one schedule while it is defined, and widens it for the table. */
export function schedule<const P extends ArgumentTable>(definition: ScheduleEntry<P>): ScheduleEntry {
  return definition as unknown as ScheduleEntry;
}

/** How much of the way from `from` to `to` is done at t: 0 to 1. */
export function shareDone({ from, to, t }: Pick<ScheduleMoment, "from" | "to" | "t">): number {
  return to > from ? Math.min(1, Math.max(0, (t - from) / (to - from))) : 0;
}

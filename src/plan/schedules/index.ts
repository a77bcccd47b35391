import { invariant } from "../../base/invariant.js";
import { optional, time } from "../../language/arguments.js";
import { type Catalogue, catalogue } from "../../language/catalogue.js";
import { type Clock, inSteps } from "../clock.js";
import type { Schedule } from "../types.js";
import { entries } from "./registry.generated.js";
import type { ScheduleEntry } from "./schedule.js";

export type { ScheduleEntry } from "./schedule.js";

/** Every schedule can be preceded by a warm-up. */
const warmup = optional(time("how long the rate rises evenly to the common one, at each step"), "none");

/** Schedules by name. */
export const schedules: Catalogue<ScheduleEntry> = catalogue<ScheduleEntry>(
  entries.map((entry: ScheduleEntry) => ({ ...entry, arguments: { ...entry.arguments, warmup } })),
);

/** Where a warm-up starts, as a share of the common rate: near nothing, but not a step that does nothing. */
const warmupStart = 1e-3;

export interface Span {
  /** k, in steps. */
  readonly from: number;
  /** The end of the run, in steps. */
  readonly to: number;
}

/**
 * The common rate at time t ≥ span.from: what follows the curriculum. A shape over the whole run starts where the
 * curriculum (or the warm-up after it) ends, with the common rate, and ends with the run. A warm-up rises evenly (Goyal
 * et al. 2017, section 2.2), from a thousandth of the rate.
 */
export function scheduledRate(
  stored: Schedule,
  common: number,
  span: Span,
  t: number,
  clock: Clock,
  drops = 0,
): number {
  const from = warmupEnd(stored, span, clock);
  if (t < from) {
    const done = (t - span.from) / (from - span.from);
    return common * (warmupStart + (1 - warmupStart) * done);
  }
  return entryOf(stored).rate(valuesOf(stored), { common, from, to: span.to, t, clock, drops });
}

/** Instants at which a schedule makes the rate jump, in steps. */
export function scheduleMarks(stored: Schedule, span: Span, clock: Clock): readonly number[] {
  const from = warmupEnd(stored, span, clock);
  return entryOf(stored).marks?.(valuesOf(stored), { common: 1, from, to: span.to, clock }) ?? [];
}

/** When the warm-up is over, in steps; `span.from` where there is none. */
export function warmupEnd(stored: Schedule, span: Span, clock: Clock): number {
  if (stored.warmup === undefined || stored.warmup === null) return span.from;
  return Math.min(span.to, span.from + inSteps(stored.warmup, clock));
}

function entryOf(stored: Schedule): ScheduleEntry {
  const entry = schedules.get(stored.kind);
  invariant(entry, `no schedule ${stored.kind}`);
  return entry;
}

/** The arguments of a stored schedule, with defaults where it says nothing. */
function valuesOf(stored: Schedule): Record<string, unknown> {
  const table = Object.entries(entryOf(stored).arguments);
  return Object.fromEntries(table.map(([name, spec]) => [name, stored[name] ?? spec.default]));
}

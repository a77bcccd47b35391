import { type Clock, curriculumEnd } from "./clock.js";
import { holdEnds, marksOf, ratesAt, tickLength } from "./rates.js";
import { warmupEnd } from "./schedules/index.js";
import type { RatePlan } from "./types.js";

/** Rows a baked-in table holds at most; a plan with more ticks is sampled evenly, its first and last tick kept. */
export const tableRows = 4096;

/** Rows that show how a warm-up, whose rates change at each step, rises. */
const warmupRows = 8;

/**
 * The plan as numbers, a row for each tick of the run and each moment between them at which a rate changes, in the
 * clock's unit of time (`symbolicClock`: epochs for a plan written in epochs).
 */
export function rateTable(plan: RatePlan, clock: Clock): NonNullable<RatePlan["table"]> {
  const marks = sampled(inOrder(momentsBetween(plan, clock)), tableRows / 2);
  const tick = tickLength(plan, clock) || 1;
  const ticks = Math.max(1, Math.ceil(clock.steps / tick - 1e-9));
  const rows = Math.min(ticks, tableRows - marks.length);
  const even = Array.from({ length: rows }, (_, row) => indexOf(row, rows, ticks) * tick);
  const t = inOrder([...even.filter((moment) => !marks.some((mark) => isSame(moment, mark))), ...marks]);
  return { t, rates: t.map((moment) => ratesAt(plan, clock, moment)) };
}

/** Moments within the run that need not be ticks. */
function momentsBetween(plan: RatePlan, clock: Clock): number[] {
  const marks = marksOf(plan, clock);
  const k = curriculumEnd(plan, clock);
  const end = warmupEnd(plan.schedule, { from: k, to: clock.steps }, clock);
  const rise = end > k ? Array.from({ length: warmupRows }, (_, i) => k + ((end - k) * i) / warmupRows) : [];
  return [...marks, ...rise, ...holdEnds(plan, clock)].filter((moment) => moment < clock.steps);
}

/** In order, without those that differ by rounding only. */
function inOrder(moments: readonly number[]): number[] {
  const sorted = [...moments].sort((a, b) => a - b);
  return sorted.filter((moment, i) => i === 0 || !isSame(moment, sorted[i - 1] as number));
}

/** A tick that is a fraction of an epoch may miss the moment it stands for by a rounding. */
function isSame(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(1, a, b);
}

/** At most so many of them, the first and the last kept. */
function sampled(moments: readonly number[], most: number): number[] {
  if (moments.length <= most) return [...moments];
  return Array.from({ length: most }, (_, i) => moments[indexOf(i, most, moments.length)] as number);
}

/** Which of `count` even places row i of `rows` takes. */
function indexOf(i: number, rows: number, count: number): number {
  return rows === 1 ? 0 : Math.round((i * (count - 1)) / (rows - 1));
}

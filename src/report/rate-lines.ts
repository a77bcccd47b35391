import { formatRate, plural, scientific } from "../base/format.js";
import {
  type Clock,
  curriculumEnd,
  curriculumKind,
  describeRates,
  inSteps,
  type RatePlan,
  ratesAt,
  schedules,
  shortRate,
  timeText,
  warmupEnd,
} from "../plan/index.js";
import type { PlanClock } from "./plan-clock.js";

/** Moments that the table shows at most. */
const columnsShown = 8;

/** The rates by level, from the start until one unit of time after what moves them apart is over. */
export function rateLines(plan: RatePlan, planned: PlanClock | null, all: boolean): string[] {
  if (planned === null) return [`rates  ${describeRates(plan)}; the table follows from the size of the data`];
  const { clock, unit } = planned;
  const moments = columns(movingEnd(plan, clock), clock.steps, all);
  const head = moments.map((t) => `t = ${t}`.padEnd(8)).join(" ");
  const rows = moments.map((t) => ratesAt(plan, clock, t));
  const { every } = plan;
  const inForce =
    every.value === 1 && every.unit === `${unit}s`
      ? `in force from ${unit} t to t + 1`
      : `those of ${unit} t; recomputed every ${timeText(every)}`;
  return [
    `rates  ${describeRates(plan)}; ${inForce}`,
    `level  ${head}  address`,
    ...plan.levels.map((level, j) => {
      const rates = rows.map((row) => formatRate(row[j] as number, 4).padEnd(8)).join(" ");
      return `${`${j + 1}`.padStart(5)}  ${rates}  ${level.address}`;
    }),
  ];
}

/** Until when levels differ or are about to change: k, the end of a warm-up, the last of the holds; 0 for none. */
function movingEnd(plan: RatePlan, clock: Clock): number {
  const k = curriculumEnd(plan, clock);
  const holds = plan.levels.map(({ hold }) => (hold?.until ? inSteps(hold.until, clock) : 0));
  return Math.max(warmupEnd(plan.schedule, { from: k, to: clock.steps }, clock), ...holds);
}

/** t = 0 … end + 1, thinned to even steps and both ends where there are more than fit. */
function columns(end: number, length: number, all: boolean): number[] {
  const last = all ? length - 1 : end > 0 ? Math.ceil(end + 1) : 0;
  const final = Math.max(0, Math.min(Math.ceil(last), Math.ceil(length) - 1));
  if (all || final < columnsShown) return Array.from({ length: final + 1 }, (_, t) => t);
  const step = Math.ceil(final / (columnsShown - 1));
  const even = Array.from({ length: Math.ceil(final / step) }, (_, i) => i * step);
  return [...even, final];
}

/** Levels whose rate somebody else sets than the curriculum. */
export function holdLines(plan: RatePlan): string[] {
  return plan.levels.flatMap(({ hold, address }, j) => {
    if (hold === undefined) return [];
    const what = hold.rate === 0 ? "frozen" : `held at ${shortRate(hold.rate)}`;
    const until = hold.until === null ? "for the whole run" : `until ${timeText(hold.until)}`;
    return [
      `${hold.rate === 0 ? "freeze" : "hold"}${hold.rate === 0 ? "" : "  "} level ${j + 1} is ${what} ${until}: ${address}`,
    ];
  });
}

/** What the rates do once the curriculum has ended. */
export function afterLines(plan: RatePlan, planned: PlanClock | null): string[] {
  const { schedule, rule } = plan;
  const follow = curriculumKind(rule.kind).rates?.follow;
  const every = follow === undefined ? "every level" : "every level, in its ratio,";
  const warmup =
    schedule.warmup === undefined || schedule.warmup === null
      ? ""
      : `, warmed up for ${timeText(schedule.warmup)}`;
  if (schedule.kind === "constant") {
    const where = follow === undefined ? `stays at ${shortRate(rule.common)}` : "stays at its rate";
    return [`after  every level ${where}${warmup}`];
  }
  if (schedules.get(schedule.kind)?.watches === true) {
    return [
      `after  ${every} follows ${schedule.kind}${warmup}: when the rate drops is known only in the run`,
    ];
  }
  if (planned === null) return [`after  ${every} follows ${schedule.kind}${warmup} to the end of the run`];
  const { clock, unit } = planned;
  const k = curriculumEnd(plan, clock);
  const rest = clock.steps - k;
  const even = [1, 2, 3, 4].map((i) => Math.round(k + (i * rest) / 5));
  const moments = [...new Set([...even, Math.ceil(clock.steps) - 1])].filter((t) => t > k && t < clock.steps);
  // The last level that the curriculum sets: under layer decay the one with the common rate.
  const shown = plan.levels.findLastIndex((level) => level.hold?.until !== null);
  const rates = moments.map((t) => `t=${t} ${scientific(ratesAt(plan, clock, t)[shown] ?? 0, 4)}`);
  const whose = follow === undefined ? "" : `level ${shown + 1}: `;
  return [
    `after  ${every} follows ${schedule.kind} over ${plural(rest, unit)}${warmup}, its clock starting at t = ${k}:`,
    `       ${whose}${rates.join("  ")}`,
  ];
}

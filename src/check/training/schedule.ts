import type { Span } from "../../diagnostics/index.js";
import type { MetricName } from "../../language/arguments.js";
import { type Schedule, type ScheduleEntry, schedules, type Time } from "../../plan/index.js";
import type { CallExpression, Expression } from "../../syntax/index.js";
import { asCall, checkCall } from "../calls.js";
import type { Evaluator } from "../evaluate.js";
import type { MetricContext } from "../metric-reference.js";
import { metricReference } from "../metric-reference.js";
import type { Reporter } from "../reporter.js";
import { asTime } from "../times.js";

/** A schedule by itself; what it makes of a curriculum is for the plan to say. */
export interface CheckedSchedule {
  readonly stored: Schedule;
  readonly entry: ScheduleEntry;
  /** Where it is written; null for the default. */
  readonly span: Span | null;
  /** Instants of the run at which the rate jumps, and where each is written. */
  readonly instants: readonly { readonly time: Time; readonly span: Span }[];
  readonly warmupSpan: Span | null;
  /** What it watches, and where that is written. */
  readonly watched: (MetricName & { readonly span: Span }) | null;
}

/** The default of version 1 of the language. */
export function defaultSchedule(): CheckedSchedule {
  const entry = schedules.get("constant") as ScheduleEntry;
  return { stored: { kind: "constant" }, entry, span: null, instants: [], warmupSpan: null, watched: null };
}

/** Null after a reported fault. */
export function readSchedule(
  expression: Expression,
  metrics: MetricContext,
  evaluator: Evaluator,
  reporter: Reporter,
): CheckedSchedule | null {
  const call = checkCall(expression, schedules, "a schedule", evaluator, reporter);
  if (call === null) return null;
  const stored: Record<string, unknown> = { kind: call.entry.name };
  let watched: CheckedSchedule["watched"] = null;
  for (const [name, spec] of Object.entries(call.entry.arguments)) {
    const value = call.values[name];
    if (spec.type !== "metric") {
      if (value !== null) stored[name] = value;
      continue;
    }
    const written = value as Expression;
    const reference = metricReference(written, metrics, reporter);
    if (reference === null) return null;
    watched = { ...reference, span: written.span };
    stored[name] = reference;
  }
  const writtenCall = asCall(expression);
  return {
    stored: stored as unknown as Schedule,
    entry: call.entry,
    span: call.span,
    instants: writtenCall === null ? [] : instantsOf(writtenCall, call.entry, evaluator, reporter),
    warmupSpan: call.spans.warmup ?? null,
    watched,
  };
}

/** Each run time of a list argument, with the place of that one. */
function instantsOf(
  call: CallExpression,
  entry: ScheduleEntry,
  evaluator: Evaluator,
  reporter: Reporter,
): CheckedSchedule["instants"] {
  const names = Object.keys(entry.arguments);
  return call.arguments.flatMap((argument, i) => {
    const name = argument.key?.text ?? names[i] ?? "";
    if (entry.arguments[name]?.type !== "times") return [];
    const located = evaluator.located(argument.value);
    const items = located?.value.type === "list" ? located.value.items : located === null ? [] : [located];
    return items.flatMap((item) => {
      const time = asTime(item, name, reporter);
      return time === null ? [] : [{ time, span: item.span }];
    });
  });
}

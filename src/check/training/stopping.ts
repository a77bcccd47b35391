import { error, type Span } from "../../diagnostics/index.js";
import type { Duration, RunTime } from "../../language/arguments.js";
import { averages, clips, keeps, stops } from "../../language/stopping.js";
import type { AverageProgram, ClipProgram, StopProgram, TrainSettings } from "../../program/types.js";
import type { Expression, Setting } from "../../syntax/index.js";
import { checkCall } from "../calls.js";
import type { Evaluator } from "../evaluate.js";
import { type MetricContext, metricReference } from "../metric-reference.js";
import type { Reporter } from "../reporter.js";
import { onlyValue } from "../settings.js";

/** What is selected on: a metric by its split, and where it is written. */
export interface Selection {
  /** The setting that selects, as messages call it: "`keep`". */
  readonly by: string;
  readonly split: string;
  readonly span: Span;
}

export interface ReadContext {
  readonly metrics: MetricContext;
  readonly evaluator: Evaluator;
  readonly reporter: Reporter;
  /** Collects what anything is selected on. */
  readonly selections: Selection[];
}

/** `keep last` or `keep best(SPLIT.METRIC)`; null after a reported fault. */
export function readKeep(setting: Setting, context: ReadContext): TrainSettings["keep"] | null {
  const call = called(setting, keeps, "a way to keep", context);
  if (call === null) return null;
  if (call.entry.name === "last") return { kind: "last" };
  const reference = selected(call.values.metric as Expression, "keep", context);
  return reference && { kind: "best", ...reference };
}

/** `stop never`, `early(SPLIT.METRIC, …)` or `after(TIME)`; null after a fault, undefined where it says `never`. */
export function readStop(setting: Setting, context: ReadContext): StopProgram | null | undefined {
  const call = called(setting, stops, "a way to stop", context);
  if (call === null) return null;
  switch (call.entry.name) {
    case "early": {
      const reference = selected(call.values.metric as Expression, "stop", context);
      return reference && { kind: "early", ...reference, patience: call.values.patience as RunTime };
    }
    case "after": {
      const duration = call.values.time as Duration;
      if (typeof duration !== "number") return { kind: "after", seconds: duration.seconds };
      context.reporter.report(
        error("L0212", "`after` needs hours or minutes, not samples", {
          at: { span: call.spans.time ?? call.span, text: "no time on the clock" },
          helps: ["write it as `after(2 h)`"],
        }),
      );
      return null;
    }
    default:
      return undefined;
  }
}

/** `clip none`, `norm(LIMIT)` or `value(LIMIT)`; null after a fault, undefined where it says `none`. */
export function readClip(setting: Setting, context: ReadContext): ClipProgram | null | undefined {
  const call = called(setting, clips, "a way to clip", context);
  if (call === null) return null;
  const { name } = call.entry;
  return name === "none" ? undefined : { kind: name as "norm" | "value", limit: call.values.limit as number };
}

/** `average none` or `ema(DECAY)`; null after a fault, undefined where it says `none`. */
export function readAverage(setting: Setting, context: ReadContext): AverageProgram | null | undefined {
  const call = called(setting, averages, "an average", context);
  if (call === null) return null;
  return call.entry.name === "none" ? undefined : { kind: "ema", decay: call.values.decay as number };
}

function called(setting: Setting, entries: typeof keeps, what: string, { evaluator, reporter }: ReadContext) {
  const value = onlyValue(setting, reporter);
  return value && checkCall(value, entries, what, evaluator, reporter);
}

function selected(written: Expression, by: string, { metrics, reporter, selections }: ReadContext) {
  const reference = metricReference(written, metrics, reporter);
  if (reference !== null) selections.push({ by, split: reference.split, span: written.span });
  return reference;
}

import { suggest } from "../base/suggest.js";
import { error, type Span, spanText } from "../diagnostics/index.js";
import { metrics as entries } from "../language/metrics/index.js";
import type { MetricProgram } from "../program/types.js";
import type { Expression, Name } from "../syntax/index.js";
import type { CheckedDataset } from "./dataset.js";
import type { Reporter } from "./reporter.js";

/** The dotted name of `val.accuracy`, `lerac.test.top(3)`; null for anything else. */
export function dottedName(
  expression: Expression,
): { readonly parts: readonly Name[]; readonly suffix: string } | null {
  if (expression.kind === "path") {
    const parts = expression.segments.map((s) => (s.kind === "name" ? { text: s.text, span: s.span } : null));
    return parts.includes(null) ? null : { parts: parts as Name[], suffix: "" };
  }
  if (expression.kind !== "call") return null;
  const last = expression.callee[expression.callee.length - 1] as Name;
  const whole = spanText(expression.span);
  // Arguments are part of a metric's name: `top(3)`, without the spaces somebody may write.
  const suffix = whole.slice(last.span.end - expression.span.start).replace(/\s+/g, "");
  return { parts: expression.callee, suffix };
}

export interface MetricReference {
  readonly split: string;
  readonly metric: string;
}

/** What can be measured: splits of a dataset (null: not known, all are), and metrics. */
export interface MetricContext {
  readonly dataset: CheckedDataset | null;
  readonly metrics: readonly MetricProgram[];
}

/** `SPLIT.METRIC`, checked against the splits of the dataset and the metrics of `train`. */
export function metricReference(
  expression: Expression,
  { dataset, metrics }: MetricContext,
  reporter: Reporter,
): MetricReference | null {
  const name = dottedName(expression);
  const [split, metric, ...more] = name?.parts ?? [];
  if (name === null || split === undefined || metric === undefined || more.length > 0) {
    const { span } = expression;
    // `val_accuracy`, as other frameworks call it.
    const [, before, behind] = /^(train|val|test)_(\w.*)$/s.exec(spanText(span)) ?? [];
    const meant = before === undefined ? null : `${before}.${behind}`;
    reporter.report(
      error("L0520", "a metric is named by its split, such as `val.accuracy`", {
        at: { span, text: "not SPLIT.METRIC" },
        helps: meant === null ? [] : [{ text: `write \`${meant}\``, edits: [{ span, replacement: meant }] }],
      }),
    );
    return null;
  }
  return checkReference(
    split,
    { text: metric.text + name.suffix, span: metric.span },
    dataset,
    metrics,
    reporter,
  );
}

export function checkReference(
  split: Name,
  metric: Name,
  dataset: CheckedDataset | null,
  metrics: readonly MetricProgram[],
  reporter: Reporter,
): MetricReference | null {
  const known = ["loss", ...metrics.map((m) => m.name)];
  const splits = (["train", "val", "test"] as const).filter((s) => dataset === null || dataset[s] !== null);
  if (!(splits as readonly string[]).includes(split.text)) {
    const hasNone = split.text === "val" || split.text === "test";
    report(
      "L0521",
      hasNone ? `the dataset has no \`${split.text}\`` : `there is no split called \`${split.text}\``,
      split.span,
      splits,
      split.text,
      reporter,
    );
    return null;
  }
  if (!known.includes(metric.text)) {
    report(
      "L0522",
      `\`train\` does not measure \`${metric.text}\``,
      metric.span,
      known,
      metric.text,
      reporter,
    );
    return null;
  }
  const measured = metrics.find((known) => known.name === metric.text);
  if (split.text === "train" && measured && entries.get(measured.kind)?.wholeSplit === true) {
    reporter.report(
      error("L0523", `\`${metric.text}\` is not measured on \`train\`, batch by batch`, {
        at: { span: metric.span, text: "needs all outputs of a split at once" },
        helps: splits.includes("val") ? [`\`val.${metric.text}\` is measured after every evaluation`] : [],
      }),
    );
    return null;
  }
  return { split: split.text, metric: metric.text };
}

function report(
  code: string,
  message: string,
  span: Span,
  known: readonly string[],
  given: string,
  reporter: Reporter,
): void {
  const near = suggest(given, known);
  reporter.report(
    error(code, message, {
      at: { span, text: "not known" },
      notes: near.length > 0 ? [] : [`known are ${known.join(", ")}`],
      helps: near.slice(0, 1).map((n) => `did you mean \`${n}\`?`),
    }),
  );
}

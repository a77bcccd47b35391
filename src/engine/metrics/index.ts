import { InternalError, unreachable } from "../../base/invariant.js";
import { metrics } from "../../language/metrics/index.js";
import type { MetricProgram } from "../../program/types.js";
import { areaUnderCurve } from "./auc.js";
import { f1, macro, precision, recall } from "./confusion.js";
import { meanAbsoluteError, rootMeanSquaredError } from "./errors.js";
import type { Metric, Predictions } from "./metric.js";
import { top } from "./top.js";

export type { Predictions } from "./metric.js";

/** Whether less of a metric is better, the loss included; of all others more is. By its name in a spec. */
export function lowerIsBetter(name: string): boolean {
  return name === "loss" || metrics.get(name)?.lowerIsBetter === true;
}

/** Whether a metric needs the outputs of a whole split at once: sums over batches can't give it. */
export function needsWholeSplit(metric: MetricProgram): boolean {
  return metric.kind === "auc" || metric.kind === "map";
}

/** The sums of a batch for all metrics that can be summed, in one record. */
export function metricSums(
  wanted: readonly MetricProgram[],
  predictions: Predictions,
): Record<string, number> {
  const summed = wanted.filter((metric) => !needsWholeSplit(metric));
  return Object.assign({}, ...summed.map((metric) => metricFor(metric).sums(predictions)));
}

/** Adds the sums of one more batch. */
export function addMetricSums(total: Record<string, number>, batch: Readonly<Record<string, number>>): void {
  for (const [name, sum] of Object.entries(batch)) total[name] = (total[name] ?? 0) + sum;
}

/**
 * The values of the metrics by name, from sums over `samples` samples. The sums say themselves how they combine: a
 * plain name is a sum over samples, `NAME|…` belongs to the metric NAME.
 */
export function metricValues(
  sums: Readonly<Record<string, number>>,
  samples: number,
): Record<string, number> {
  const parts = new Map<string, string[]>();
  for (const key of Object.keys(sums)) {
    const [name = key] = key.split("|");
    parts.set(name, [...(parts.get(name) ?? []), key]);
  }
  const values: Record<string, number> = {};
  for (const [name, keys] of parts) {
    const metric = keys.includes(name) ? top(name, 1) : combined(name);
    values[name] = metric.value((key) => sums[key] ?? 0, samples, keys);
  }
  return values;
}

/** The values of the metrics that need a whole split, by name; one that the split does not define has none. */
export function wholeSplitValues(
  wanted: readonly MetricProgram[],
  predictions: Predictions,
): Record<string, number> {
  const values: Record<string, number> = {};
  for (const metric of wanted) {
    if (metric.kind !== "auc") continue;
    const area = areaUnderCurve(predictions);
    if (Number.isFinite(area)) values[metric.name] = area;
  }
  return values;
}

/** The metrics whose value is no mean over samples. */
function combined(name: string): Metric {
  switch (name) {
    case "precision":
      return macro(name, precision);
    case "recall":
      return macro(name, recall);
    case "f1":
      return macro(name, f1);
    case "rmse":
      return rootMeanSquaredError(name);
    default:
      throw new InternalError(`no metric combines sums called ${name}`);
  }
}

function metricFor(metric: MetricProgram): Metric {
  switch (metric.kind) {
    case "accuracy":
      return top(metric.name, 1);
    case "top":
      return top(metric.name, metric.k);
    case "precision":
    case "recall":
    case "f1":
    case "rmse":
      return combined(metric.kind);
    case "mae":
      return meanAbsoluteError(metric.name);
    case "auc":
    case "map":
      throw new InternalError(`${metric.kind} has no sums over batches`);
    default:
      return unreachable(metric);
  }
}

import type { Metric, Predictions } from "./metric.js";

/** The mean of the absolute errors over all numbers. */
export function meanAbsoluteError(name: string): Metric {
  return {
    sums: (predictions) => ({ [name]: meanOfErrors(predictions, Math.abs) }),
    value: (sum, samples) => sum(name) / samples,
  };
}

/** The root of the mean of the squared errors over all numbers. */
export function rootMeanSquaredError(name: string): Metric {
  const key = `${name}|squares`;
  return {
    sums: (predictions) => ({ [key]: meanOfErrors(predictions, (error) => error * error) }),
    value: (sum, samples) => Math.sqrt(sum(key) / samples),
  };
}

/** Summed over the samples, each with the mean over its numbers. */
function meanOfErrors({ outputs, targets, width }: Predictions, of: (error: number) => number): number {
  let total = 0;
  for (let i = 0; i < outputs.length; i++) total += of((outputs[i] as number) - (targets[i] as number));
  return total / width;
}

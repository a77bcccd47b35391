import type { Metric } from "./metric.js";
import { labelRanks } from "./ranks.js";

/** Share of samples whose class is among the k largest outputs; with k = 1 the accuracy. */
export function top(name: string, k: number): Metric {
  return {
    sums: (predictions) => ({
      [name]: labelRanks(predictions).reduce((hits, rank) => hits + (rank < k ? 1 : 0), 0),
    }),
    value: (sum, samples) => sum(name) / samples,
  };
}

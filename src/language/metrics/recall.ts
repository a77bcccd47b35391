import type { MetricEntry } from "./metric.js";

export const entry: MetricEntry = {
  name: "recall",
  summary: "Of the samples of a class, the share taken for it; the mean over classes.",
  source: "scikit-learn recall_score, macro",
  target: "class",
  arguments: {},
};

import type { MetricEntry } from "./metric.js";

export const entry: MetricEntry = {
  name: "precision",
  summary: "Of the samples taken for a class, the share that is of it; the mean over classes.",
  source: "scikit-learn precision_score, macro",
  target: "class",
  arguments: {},
};

import type { MetricEntry } from "./metric.js";

export const entry: MetricEntry = {
  name: "f1",
  summary: "The harmonic mean of precision and recall of a class; the mean over classes.",
  source: "scikit-learn f1_score, macro",
  target: "class",
  arguments: {},
};

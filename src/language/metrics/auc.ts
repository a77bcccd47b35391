import type { MetricEntry } from "./metric.js";

export const entry: MetricEntry = {
  name: "auc",
  summary:
    "The chance that a sample of a class gets a larger share of it than one of another; the mean over classes.",
  source: "Mann and Whitney 1947; scikit-learn roc_auc_score, one against the rest, macro",
  target: "class",
  wholeSplit: true,
  arguments: {},
};

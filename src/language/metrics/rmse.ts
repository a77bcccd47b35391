import type { MetricEntry } from "./metric.js";

export const entry: MetricEntry = {
  name: "rmse",
  summary: "The root of the mean of the squared errors.",
  target: "number",
  lowerIsBetter: true,
  arguments: {},
};

import type { MetricEntry } from "./metric.js";

export const entry: MetricEntry = {
  name: "mae",
  summary: "The mean of the absolute errors.",
  target: "number",
  lowerIsBetter: true,
  arguments: {},
};

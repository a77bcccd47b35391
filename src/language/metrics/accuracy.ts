import type { MetricEntry } from "./metric.js";

export const entry: MetricEntry = {
  name: "accuracy",
  summary: "Share of samples whose class has the largest output.",
  target: "class",
  arguments: {},
};

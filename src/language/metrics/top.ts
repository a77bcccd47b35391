import { count } from "../arguments.js";
import type { MetricEntry } from "./metric.js";

export const entry: MetricEntry = {
  name: "top",
  summary: "Share of samples whose class is among the k largest outputs.",
  target: "class",
  arguments: { k: count("how many count") },
};

import { range } from "../arguments.js";
import type { MetricEntry } from "./metric.js";

export const entry: MetricEntry = {
  name: "map",
  summary:
    "Mean average precision of boxes that overlap the true ones by `overlap`, a number or a range in steps of 0.05.",
  source: "Everingham et al. 2010; Lin et al. 2014",
  target: "boxes",
  wholeSplit: true,
  arguments: {
    overlap: range("intersection over union, from 0 to 1", { minimum: 0, maximum: 1, orNumber: true }),
  },
};

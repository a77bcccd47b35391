import { catalogue } from "../catalogue.js";
import type { MetricEntry } from "./metric.js";
import { entries } from "./registry.generated.js";

export type { MetricEntry } from "./metric.js";

/** Metrics by name. How each is counted stands in `engine/metrics/`. */
export const metrics = catalogue<MetricEntry>(entries);

import { createHash } from "node:crypto";
import { printGraph } from "./print.js";
import type { StepGraph } from "./types.js";

/** The sha256 of a graph's text: what compiled graphs are known by. Numbers of weights and rates have no part in it. */
export function hashGraph(graph: StepGraph): string {
  return createHash("sha256").update(printGraph(graph)).digest("hex");
}

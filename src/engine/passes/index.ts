import type { StepGraph } from "../graph/types.js";
import { rectifyBeforeSpreading } from "./rectify.js";

/** A graph into one that gives the same numbers with less work. */
export type Pass = (graph: StepGraph) => StepGraph;

/** In this order. */
const passes: readonly Pass[] = [rectifyBeforeSpreading];

/** The graph after all passes: same states, inputs and outputs by name, same numbers. */
export function optimised(graph: StepGraph): StepGraph {
  return passes.reduce((before, pass) => pass(before), graph);
}

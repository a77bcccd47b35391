import type { StepGraph } from "../graph/types.js";
import { rectifyBeforeSpreading } from "./rectify.js";

/** A graph into one that gives the same numbers with less work. */
export type Pass = (graph: StepGraph) => StepGraph;

/** In this order. */
const passes: readonly Pass[] = [rectifyBeforeSpreading];

/**
 * The graph after all passes: same states, inputs and outputs by name, same numbers.
 * @param more passes that the executor wants after those that serve all
 */
export function optimised(graph: StepGraph, more: readonly Pass[] = []): StepGraph {
  return [...passes, ...more].reduce((before, pass) => pass(before), graph);
}

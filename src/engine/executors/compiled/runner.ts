import type { StepGraph } from "../../graph/types.js";

/** Numbers of a value, row by row. */
export type Numbers = Float32Array | Int32Array | Uint32Array;

/** Executes one graph. */
export interface GraphRunner {
  readonly graph: StepGraph;
  /**
   * @param feeds of every state and input of the graph, by name; not changed
   * @param results what is written: the new values of states as `next NAME`, outputs by their name
   */
  run(feeds: ReadonlyMap<string, Numbers>, results: ReadonlyMap<string, Numbers>): Promise<void>;
  dispose(): Promise<void>;
}

/** Makes a graph ready to run. */
export type RunnerFactory = (graph: StepGraph) => Promise<GraphRunner>;

/** How the new value of a state is called among results. */
export function nextName(state: string): string {
  return `next ${state}`;
}

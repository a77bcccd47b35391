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

/** Where the tensors of a run lie between steps where that is not the memory of the host. */
export interface TensorStore {
  read(names: readonly string[]): Promise<Map<string, Float32Array>>;
  write(tensors: ReadonlyMap<string, Float32Array>): Promise<void>;
}

/** What runs graphs. */
export interface Runtime {
  /** Makes a graph ready to run. */
  open(graph: StepGraph): Promise<GraphRunner>;
  /** Parameters, slots and statistics are then its, and neither fed to a graph nor among its results. */
  readonly store?: TensorStore;
  dispose?(): void;
}

/** How the new value of a state is called among results. */
export function nextName(state: string): string {
  return `next ${state}`;
}

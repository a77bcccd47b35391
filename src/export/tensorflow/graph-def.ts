import type { Graph } from "../record/graph.js";
import { type Attribute, float, type NumberType, tensorShape } from "./attributes.js";
import { lower } from "./lower.js";

/** A node of a TensorFlow graph (tensorflow/core/framework/node_def.proto in its JSON form). */
export interface NodeDef {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly attr: Readonly<Record<string, Attribute>>;
}

/** The numbers of a `Const` node, which lie beside the graph. */
export interface Weight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array;
}

export interface GraphDef {
  readonly nodes: readonly NodeDef[];
  readonly weights: readonly Weight[];
}

/** A record as a TensorFlow graph, of operators that TensorFlow and TensorFlow.js have in every backend. */
export function graphDef(graph: Graph): GraphDef {
  const writer = new GraphDefWriter();
  for (const { name, shape } of graph.inputs)
    writer.node(name, "Placeholder", [], { dtype: float, shape: { shape: tensorShape(shape) } });
  for (const { name, shape, values } of graph.constants) writer.constant(name, shape, values);
  for (const node of graph.nodes) lower(writer, node);
  return writer.pruned(graph.outputs.map(({ name }) => name));
}

/** Collects nodes; constants become `Const` nodes with their numbers aside. */
export class GraphDefWriter {
  readonly #nodes: NodeDef[] = [];
  readonly #weights: Weight[] = [];

  /** @returns the name */
  node(
    name: string,
    op: string,
    input: readonly string[],
    attr: Readonly<Record<string, Attribute>>,
  ): string {
    this.#nodes.push({ name, op, input, attr });
    return name;
  }

  constant(name: string, shape: readonly number[], values: Float32Array | Int32Array): string {
    const dtype: NumberType = values instanceof Float32Array ? "DT_FLOAT" : "DT_INT32";
    this.#weights.push({ name, shape, values });
    return this.node(name, "Const", [], {
      dtype: { type: dtype },
      value: { tensor: { dtype, tensorShape: tensorShape(shape) } },
    });
  }

  /** A row of whole numbers: sizes, axes. */
  wholes(name: string, values: readonly number[], shape: readonly number[] = [values.length]): string {
    return this.constant(name, shape, Int32Array.from(values));
  }

  /** What the outputs need: kernels that were laid out anew leave the first ones behind. */
  pruned(outputs: readonly string[]): GraphDef {
    const byName = new Map(this.#nodes.map((node) => [node.name, node]));
    const needed = new Set<string>();
    const open = [...outputs];
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (needed.has(name)) continue;
      needed.add(name);
      open.push(...(byName.get(name)?.input ?? []));
    }
    return {
      nodes: this.#nodes.filter(({ name, op }) => needed.has(name) || op === "Placeholder"),
      weights: this.#weights.filter(({ name }) => needed.has(name)),
    };
  }
}

import { endianness } from "node:os";
import type { Graph, Value } from "../record/graph.js";
import { tensorShape } from "./attributes.js";
import { graphDef } from "./graph-def.js";

/** Browsers cache and fetch files of this size well; the converter of TensorFlow.js cuts at the same. */
const shardBytes = 4 * 1024 * 1024;

/** Files by name. */
export type Files = ReadonlyMap<string, string | Uint8Array>;

/**
 * A graph model of TensorFlow.js: `model.json`, with the graph and what lies where, and the weights in pieces of at most
 * 4 MiB. Loaded by `tf.loadGraphModel`.
 * @param by who wrote it
 */
export function writeGraphModel(graph: Graph, by: string): Files {
  const { nodes, weights } = graphDef(graph);
  const bytes = Buffer.concat(weights.map(({ values }) => littleEndian(values)));
  const count = Math.max(1, Math.ceil(bytes.length / shardBytes));
  const paths = Array.from({ length: count }, (_, i) => `group1-shard${i + 1}of${count}.bin`);
  const model = {
    format: "graph-model",
    generatedBy: by,
    convertedBy: by,
    signature: { inputs: signature(graph.inputs), outputs: signature(graph.outputs) },
    modelTopology: { node: nodes, library: {}, versions: { producer: 987 } },
    weightsManifest: [
      {
        paths,
        weights: weights.map(({ name, shape, values }) => ({
          name,
          shape,
          dtype: values instanceof Float32Array ? "float32" : "int32",
        })),
      },
    ],
  };
  return new Map<string, string | Uint8Array>([
    ["model.json", JSON.stringify(model)],
    ...paths.map((path, i) => [path, bytes.subarray(i * shardBytes, (i + 1) * shardBytes)] as const),
  ]);
}

function signature(values: readonly Value[]) {
  return Object.fromEntries(
    values.map(({ name, shape }) => [
      name,
      { name: `${name}:0`, dtype: "DT_FLOAT", tensorShape: tensorShape(shape) },
    ]),
  );
}

/** All numbers have 4 bytes, so that each tensor begins at a whole one. */
function littleEndian(values: Float32Array | Int32Array): Uint8Array {
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return endianness() === "LE" ? bytes : Buffer.from(bytes).swap32();
}

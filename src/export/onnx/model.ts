import type { Message } from "../../base/protobuf.js";
import { fail } from "../../diagnostics/index.js";
import type { Graph } from "../record/graph.js";
import { lower } from "./lower.js";
import { modelProto, nodeProto, type OnnxAttribute, tensorProto } from "./schema.js";

/** A message of protocol buffers may not reach 2 GiB. */
const largestMessage = 2 ** 31 - 1;

interface Written {
  readonly name: string;
  readonly inputs: readonly string[];
  readonly message: Message;
}

/** Collects nodes and initializers. */
export class OnnxWriter {
  readonly nodes: Written[] = [];
  readonly #initializers = new Map<string, () => Message>();

  /** @returns the name of its output, which is its own */
  node(
    name: string,
    operator: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
  ): string {
    this.nodes.push({ name, inputs, message: nodeProto(name, operator, inputs, attributes) });
    return name;
  }

  constant(name: string, shape: readonly number[], values: Float32Array): string {
    this.#initializers.set(name, () => tensorProto(name, shape, values));
    return name;
  }

  /** A row of whole numbers: sizes, axes. */
  wholes(name: string, values: readonly number[]): string {
    this.#initializers.set(name, () =>
      tensorProto(name, [values.length], BigInt64Array.from(values, BigInt)),
    );
    return name;
  }

  /** The constants that a node takes: kernels that were laid out anew leave the first ones behind. */
  initializers(): Message[] {
    const used = new Set(this.nodes.flatMap(({ inputs }) => inputs));
    return [...this.#initializers].flatMap(([name, encode]) => (used.has(name) ? [encode()] : []));
  }
}

export interface OnnxAbout {
  readonly name: string;
  readonly producer: readonly [string, string];
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * A record as an ONNX file, operator set 18, in pieces to be written one after another.
 * @throws LeracError L0740 for a model beyond 2 GiB, which the format can't hold in one file
 */
export function writeOnnx(graph: Graph, about: OnnxAbout): readonly Uint8Array[] {
  const writer = new OnnxWriter();
  for (const { name, shape, values } of graph.constants) writer.constant(name, shape, values);
  for (const node of graph.nodes) lower(writer, node);
  const model = modelProto({
    ...about,
    nodes: writer.nodes.map(({ message }) => message),
    initializers: writer.initializers(),
    inputs: graph.inputs,
    outputs: graph.outputs,
  });
  if (model.length <= largestMessage) return model.pieces;
  throw fail("missing", "L0740", "a model of more than 2 GiB can't be exported as one ONNX file", {
    at: { place: "--to onnx" },
    helps: ["`lerac export --to safetensors` writes weights of any size"],
  });
}

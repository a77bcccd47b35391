import { Message } from "../../../base/protobuf.js";
import type { StepGraph, ValueType } from "../../graph/types.js";
import { nextName } from "../compiled/runner.js";
import { shapeProto, typeNumber } from "./attributes.js";
import type { GraphNodes, TensorflowModel } from "./model.js";

/** A node by the name that a caller uses for it. */
interface Port extends Pick<ValueType, "shape"> {
  readonly name: string;
  readonly node: string;
  readonly dtype: "float32" | "int32";
}

interface Signature {
  readonly name: string;
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
}

/** The name of a graph's signature: `train@64`, `evaluate@64`. */
export function signatureName({ name, batch }: Pick<StepGraph, "name" | "batch">): string {
  return `${name}@${batch}`;
}

/**
 * What loaders of SavedModels call a model by: a signature for each graph, `write` to set all tensors and `read` to get them.
 * Of several graphs of one name, steps of different frozen levels, the first has it.
 */
export function signatures(
  graphs: readonly StepGraph[],
  { variables, written, graphs: nodes }: Omit<TensorflowModel, "bytes">,
): Signature[] {
  const tensors = [...variables].map(
    ([name, { shape, given, read }]) => ({ name, shape, given, read, dtype: "float32" }) as const,
  );
  const all = [
    ...graphs.map((graph, i) => graphSignature(graph, nodes[i])),
    {
      name: "write",
      inputs: tensors.map(({ given: node, ...rest }) => ({ ...rest, node })),
      outputs: [{ name: "written", node: written, dtype: "int32", shape: [] } as const],
    },
    { name: "read", inputs: [], outputs: tensors.map(({ read: node, ...rest }) => ({ ...rest, node })) },
  ];
  return [...new Map(all.toReversed().map((signature) => [signature.name, signature])).values()].reverse();
}

function graphSignature(graph: StepGraph, nodes: GraphNodes | undefined): Signature {
  const ports = (values: readonly (readonly [string, number])[], names?: ReadonlyMap<string, string>) =>
    values.flatMap(([name, value]): Port[] => {
      const node = names?.get(name);
      const { dtype, shape } = graph.values[value] ?? { dtype: "float32", shape: [] };
      return node === undefined ? [] : [{ name, node, shape, dtype: dtype === "float32" ? dtype : "int32" }];
    });
  const named = ({ name, value }: { readonly name: string; readonly value: number }) =>
    [name, value] as const;
  const nexts = graph.states.flatMap(({ name, next }) =>
    next === undefined ? [] : [[nextName(name), next] as const],
  );
  return {
    name: signatureName(graph),
    inputs: ports([...graph.states.map(named), ...graph.inputs.map(named)], nodes?.feeds),
    outputs: ports([...graph.outputs.map(named), ...nexts], nodes?.results),
  };
}

/**
 * SignatureDef (tensorflow/core/protobuf/meta_graph.proto): inputs 1, outputs 2, method_name 3; TensorInfo: name 1, dtype 2,
 * tensor_shape 3. Maps are lists of (key 1, value 2).
 */
export function signatureProto({ inputs, outputs }: Signature): Message {
  const proto = new Message();
  for (const [field, ports] of [
    [1, inputs],
    [2, outputs],
  ] as const)
    for (const { name, node, dtype, shape } of ports) {
      const info = new Message().text(1, tensorName(node)).whole(2, typeNumber[dtype]);
      proto.message(field, entry(name, info.message(3, shapeProto(shape))));
    }
  return proto.text(3, "tensorflow/serving/predict");
}

export function entry(key: string, value: Message): Message {
  return new Message().text(1, key).message(2, value);
}

/** Nodes are named by operations; what comes of one, with the number of the output. */
function tensorName(node: string): string {
  return node.includes(":") ? node : `${node}:0`;
}

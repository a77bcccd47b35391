import { type StepGraph, sizeOf } from "../../graph/types.js";
import type { Pass } from "../../passes/index.js";
import { packSmallState } from "../../passes/pack-small-state.js";
import { cannotCompile } from "../../step/refusal.js";
import { nextName } from "../compiled/runner.js";
import { convolutions } from "./lower/conv.js";
import { elementwise } from "./lower/elementwise.js";
import { linears } from "./lower/linear.js";
import { losses } from "./lower/loss.js";
import { moves } from "./lower/move.js";
import { norms } from "./lower/norm.js";
import { rowNorms } from "./lower/norm-rows.js";
import { pools } from "./lower/pool.js";
import { random } from "./lower/random.js";
import { updates } from "./lower/update.js";
import { modelProto, type OnnxNode } from "./schema.js";
import { type Lower, Lowering, type OnnxTarget, Values } from "./values.js";
import { OnnxWriter } from "./writer.js";

/** How each kind of operation is said in ONNX. */
export const lowerings: Readonly<Record<string, Lower>> = {
  ...elementwise,
  ...linears,
  ...convolutions,
  ...pools,
  ...norms,
  ...rowNorms,
  ...moves,
  ...losses,
  ...random,
  ...updates,
};

/** A graph as an ONNX model. */
export interface OnnxModel {
  readonly bytes: Uint8Array;
  readonly nodes: readonly OnnxNode[];
  /** Names in the model of states and inputs, by their own. */
  readonly feeds: ReadonlyMap<string, string>;
  /** Names in the model of outputs and of new values of states (`next NAME`). */
  readonly results: ReadonlyMap<string, string>;
}

/** The processor, whose fastest kernels want images in such blocks, and every other device that onnxruntime knows. */
export const onProcessor = (block: number | null): OnnxTarget => ({
  block,
  placesOfMaxima: true,
  channelsByThree: true,
});
export const onDevice: OnnxTarget = { block: null, placesOfMaxima: false, channelsByThree: false };

/** Each node takes the runtime some time to make ready, and at each step. */
export const onnxPasses: readonly Pass[] = [packSmallState];

/** @throws LeracError L0903 where a kind has no lowering */
export function lowerToOnnx(graph: StepGraph, target: OnnxTarget): OnnxModel {
  const writer = new OnnxWriter();
  const values = new Values(graph, writer, target);
  const inputs = [...graph.states, ...graph.inputs].map(({ name, value }) => {
    const { dtype, shape } = graph.values[value] ?? { dtype: "float32", shape: [] };
    values.set(value, `v${value}`);
    return { feed: name, name: `v${value}`, type: dtype, shape } as const;
  });
  for (const { value, numbers } of graph.constants) {
    const { dtype, shape } = graph.values[value] ?? { dtype: "float32", shape: [] };
    const all = Array.from({ length: sizeOf(shape) }, (_, i) => numbers[i] ?? numbers[0] ?? 0);
    const typed =
      dtype === "float32"
        ? Float32Array.from(all)
        : dtype === "int32"
          ? Int32Array.from(all)
          : Uint32Array.from(all);
    values.set(value, writer.constant(dtype, shape, typed));
  }
  for (const op of graph.ops) {
    const lower = lowerings[op.kind];
    if (lower === undefined) throw cannotCompile(`${op.at || "the step"} needs ${op.kind}`);
    lower(new Lowering(op, values));
  }
  const wanted = [
    ...graph.states.flatMap(({ name, next }) =>
      next === undefined ? [] : [[nextName(name), next] as const],
    ),
    ...graph.outputs.map(({ name, value }) => [name, value] as const),
  ];
  const results = new Map<string, string>();
  const outputs = wanted.map(([result, value]) => {
    const made = values.get(value);
    // A name is an output once, and made by a node.
    const taken = [...results.values()].includes(made) || !writer.isMade(made);
    const name = taken ? writer.copy(made) : made;
    results.set(result, name);
    const { dtype, shape } = graph.values[value] ?? { dtype: "float32", shape: [] };
    return { name, type: dtype, shape } as const;
  });
  const { nodes, initializers } = writer.needed([...results.values()]);
  const used = new Set(nodes.flatMap((node) => node.inputs));
  const fed = inputs.filter(({ name }) => used.has(name));
  return {
    bytes: modelProto({ nodes, initializers, inputs: fed, outputs }),
    nodes,
    feeds: new Map(fed.map(({ feed, name }) => [feed, name])),
    results,
  };
}

import { Message } from "../../../base/protobuf.js";
import { type State, type StepGraph, sizeOf, type ValueType } from "../../graph/types.js";
import { cannotCompile } from "../../step/refusal.js";
import { nextName } from "../compiled/runner.js";
import { shape, text, type } from "./attributes.js";
import { contractions } from "./lower/conv.js";
import { elementwise } from "./lower/elementwise.js";
import { norms } from "./lower/norm.js";
import { pools } from "./lower/pool.js";
import { random } from "./lower/random.js";
import { updates } from "./lower/update.js";
import { type Lower, Lowering, type NormRecord, Values } from "./values.js";
import { TensorflowWriter } from "./writer.js";

/** How each kind of operation is said in TensorFlow. */
export const lowerings: Readonly<Record<string, Lower>> = {
  ...elementwise,
  ...contractions,
  ...pools,
  ...norms,
  ...random,
  ...updates,
};

/** The nodes by which a tensor is reached: fed to be written (then `written` is fetched), and read. */
export interface VariableNodes {
  readonly shape: readonly number[];
  readonly given: string;
  readonly written: string;
  readonly read: string;
}

/** The nodes of one graph: what is fed and fetched, by the names of states, inputs and outputs. */
export interface GraphNodes {
  readonly feeds: ReadonlyMap<string, string>;
  readonly results: ReadonlyMap<string, string>;
}

/** Several step graphs over the same variables, as one SavedModel. */
export interface TensorflowModel {
  readonly bytes: Uint8Array;
  readonly variables: ReadonlyMap<string, VariableNodes>;
  readonly graphs: readonly GraphNodes[];
}

/** Tensors of a run lie in TensorFlow's variables; plan, counters and keys are the host's, and are fed. */
export function isVariable({ role }: Pick<State, "role">): boolean {
  return role === "parameter" || role === "slot" || role === "statistic";
}

/** @throws LeracError L0903 where a kind has no lowering */
export function lowerToTensorflow(graphs: readonly StepGraph[]): TensorflowModel {
  const writer = new TensorflowWriter();
  const handles = new Map<string, string>();
  const variables = new Map<string, VariableNodes>();
  for (const graph of graphs) {
    for (const state of graph.states) {
      if (!isVariable(state) || handles.has(state.name)) continue;
      const sizes = typeOf(graph, state.value).shape;
      const handle = writeHandle(writer, `v${handles.size}`, sizes);
      handles.set(state.name, handle);
      variables.set(state.name, writeVariable(writer, handle, sizes));
    }
  }
  const nodes = graphs.map((graph, index) => {
    writer.prefix = `g${index}/`;
    return writeGraph(writer, graph, handles);
  });
  return { bytes: savedModel(writer.graph), variables, graphs: nodes };
}

function writeHandle(w: TensorflowWriter, name: string, sizes: readonly number[]): string {
  const attributes = {
    dtype: type("float32"),
    shape: shape(sizes),
    shared_name: text(name),
    container: text(""),
  };
  return w.node("VarHandleOp", [], attributes, name);
}

function writeVariable(w: TensorflowWriter, handle: string, sizes: readonly number[]): VariableNodes {
  const dtype = { dtype: type("float32") };
  const given = w.node("Placeholder", [], { ...dtype, shape: shape(sizes) }, `${handle}/given`);
  const assigned = w.node("AssignVariableOp", [handle, given], dtype, `${handle}/assign`);
  const written = w.node("Identity", [w.word(1), `^${assigned}`], { T: type("int32") }, `${handle}/written`);
  const read = w.node("ReadVariableOp", [handle], dtype, `${handle}/read`);
  return { shape: sizes, given, written, read };
}

function writeGraph(w: TensorflowWriter, graph: StepGraph, handles: ReadonlyMap<string, string>): GraphNodes {
  const values = new Values(graph, w);
  const feeds = new Map<string, string>();
  const feed = (name: string, value: number) => {
    const { dtype, shape: sizes } = typeOf(graph, value);
    const attributes = { dtype: type(dtype === "float32" ? "float32" : "int32"), shape: shape(sizes) };
    const node = w.node("Placeholder", [], attributes);
    feeds.set(name, node);
    values.set(value, node);
  };
  for (const { name, value } of graph.inputs) feed(name, value);
  for (const state of graph.states) {
    const handle = handles.get(state.name);
    if (handle === undefined) feed(state.name, state.value);
    else values.set(state.value, w.node("ReadVariableOp", [handle], { dtype: type("float32") }));
  }
  for (const { value, numbers } of graph.constants) {
    const { dtype, shape: sizes } = typeOf(graph, value);
    const all = Array.from({ length: sizeOf(sizes) }, (_, i) => numbers[i] ?? numbers[0] ?? 0);
    values.set(value, w.constant(dtype === "float32" ? Float32Array.from(all) : Int32Array.from(all), sizes));
  }
  const records = new Map<number, NormRecord>();
  for (const op of graph.ops) {
    const lower = lowerings[op.kind];
    if (lower === undefined) throw cannotCompile(`${op.at || "the step"} needs ${op.kind}`);
    lower(new Lowering(op, values, records));
  }
  return { feeds, results: writeResults(w, graph, values, handles) };
}

/**
 * Outputs, and new values of states. Variables are written after everything that reads them was computed: a step that
 * fails before has changed nothing, and none reads what it wrote itself.
 */
function writeResults(
  w: TensorflowWriter,
  graph: StepGraph,
  values: Values,
  handles: ReadonlyMap<string, string>,
): Map<string, string> {
  const changed = graph.states.flatMap(({ name, next }) => (next === undefined ? [] : [{ name, next }]));
  const read = [...changed.map(({ next }) => next), ...graph.outputs.map(({ value }) => value)].map((value) =>
    values.get(value),
  );
  const barrier = w.node("NoOp", [...new Set(read.map(after))], {});
  const assigned = changed.flatMap(({ name, next }) => {
    const handle = handles.get(name);
    if (handle === undefined) return [];
    const inputs = [handle, values.get(next), `^${barrier}`];
    return [`^${w.node("AssignVariableOp", inputs, { dtype: type("float32") })}`];
  });
  const named = [
    ...changed
      .filter(({ name }) => !handles.has(name))
      .map(({ name, next }) => [nextName(name), next] as const),
    ...graph.outputs.map(({ name, value }) => [name, value] as const),
  ];
  return new Map(
    named.map(([name, value], i) => {
      const { dtype } = typeOf(graph, value);
      const attributes = { T: type(dtype === "float32" ? "float32" : "int32") };
      // Whoever fetches the first waits for the updates.
      return [name, w.node("Identity", [values.get(value), ...(i === 0 ? assigned : [])], attributes)];
    }),
  );
}

/** A control edge from the node of an output. */
function after(name: string): string {
  return `^${name.replace(/:\d+$/, "")}`;
}

function typeOf(graph: StepGraph, value: number): ValueType {
  return graph.values[value] ?? { dtype: "float32", shape: [] };
}

/** tensorflow/core/protobuf/saved_model.proto and meta_graph.proto. */
function savedModel(nodes: Message): Uint8Array {
  const graph = new Message();
  graph.message(4, new Message().whole(1, graphVersion));
  const meta = new Message().text(4, modelTag).text(5, "2.9.1");
  const metaGraph = new Message().message(1, meta).message(2, joined(nodes, graph));
  const model = new Message().whole(1, 1).message(2, metaGraph);
  return Buffer.concat(model.pieces);
}

/** Fields of a message after those of another. */
function joined(first: Message, second: Message): Message {
  const all = new Message();
  for (const { pieces } of [first, second]) for (const piece of pieces) all.raw(piece);
  return all;
}

export const modelTag = "serve";
/** GraphDef versions: that of TensorFlow 2.9. */
const graphVersion = 1087;

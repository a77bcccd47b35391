import { Message } from "../../../base/protobuf.js";
import { type State, type StepGraph, sizeOf, type ValueType } from "../../graph/types.js";
import { cannotCompile } from "../../step/refusal.js";
import { nextName } from "../compiled/runner.js";
import { shape, text, type } from "./attributes.js";
import { contractions } from "./lower/conv.js";
import { elementwise } from "./lower/elementwise.js";
import { losses } from "./lower/loss.js";
import { moves } from "./lower/move.js";
import { norms } from "./lower/norm.js";
import { rowNorms } from "./lower/norm-rows.js";
import { pools } from "./lower/pool.js";
import { random } from "./lower/random.js";
import { updates } from "./lower/update.js";
import { entry, signatureProto, signatures } from "./signatures.js";
import { type GraphNotes, type Lower, Lowering, type TensorflowDevice, Values } from "./values.js";
import { TensorflowWriter } from "./writer.js";

/** How each kind of operation is said in TensorFlow. */
export const lowerings: Readonly<Record<string, Lower>> = {
  ...elementwise,
  ...contractions,
  ...pools,
  ...norms,
  ...rowNorms,
  ...moves,
  ...losses,
  ...random,
  ...updates,
};

/** The nodes by which a tensor is reached: fed when all are written, and read. */
export interface VariableNodes {
  readonly shape: readonly number[];
  readonly given: string;
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
  /** Fetched to write all variables at once: TensorFlow prepares a run anew for everything else that is fetched. */
  readonly written: string;
  readonly graphs: readonly GraphNodes[];
}

const float32 = { dtype: type("float32") };

/** Tensors of a run lie in TensorFlow's variables; plan, counters and keys are the host's, and are fed. */
export function isVariable({ role }: Pick<State, "role">): boolean {
  return role === "parameter" || role === "slot" || role === "statistic";
}

/** @throws LeracError L0903 where a kind has no lowering */
export function lowerToTensorflow(
  graphs: readonly StepGraph[],
  device: TensorflowDevice = "cpu",
): TensorflowModel {
  const writer = new TensorflowWriter();
  const handles = new Map<string, string>();
  const variables = new Map<string, VariableNodes>();
  const assigned: string[] = [];
  for (const graph of graphs) {
    for (const state of graph.states) {
      if (!isVariable(state) || handles.has(state.name)) continue;
      const sizes = typeOf(graph, state.value).shape;
      const handle = writeHandle(writer, `v${handles.size}`, sizes);
      handles.set(state.name, handle);
      const given = writer.node("Placeholder", [], { ...float32, shape: shape(sizes) });
      const read = writer.node("ReadVariableOp", [handle], float32);
      variables.set(state.name, { shape: sizes, given, read });
      // What is fed lies in JavaScript's memory: a variable that took it over would change with it, and outlive it.
      const copy = writer.node("DeepCopy", [given]);
      assigned.push(`^${writer.node("AssignVariableOp", [handle, copy], float32)}`);
    }
  }
  const written = writer.node("Identity", [writer.word(1), ...assigned], { T: type("int32") });
  const nodes = graphs.map((graph, index) => {
    writer.prefix = `g${index}/`;
    return writeGraph(new Values(graph, writer, device), handles);
  });
  const model = { variables, written, graphs: nodes };
  return { bytes: savedModel(writer.graph, signatures(graphs, model)), ...model };
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

function writeGraph(values: Values, handles: ReadonlyMap<string, string>): GraphNodes {
  const { graph, writer: w } = values;
  const feeds = new Map<string, string>();
  const variables = new Map<number, string>();
  const feed = (name: string, value: number) => {
    const { dtype, shape: sizes } = typeOf(graph, value);
    const attributes = { dtype: type(dtype === "float32" ? "float32" : "int32"), shape: shape(sizes) };
    const node = w.node("Placeholder", [], attributes);
    feeds.set(name, node);
    values.set(value, node);
  };
  for (const { name, value } of graph.inputs) feed(name, value);
  for (const { name, value } of graph.states) {
    const handle = handles.get(name);
    if (handle === undefined) feed(name, value);
    else {
      variables.set(value, handle);
      values.set(value, () => w.node("ReadVariableOp", [handle], float32));
    }
  }
  for (const { value, numbers } of graph.constants) {
    const { dtype, shape: sizes } = typeOf(graph, value);
    const all = Array.from({ length: sizeOf(sizes) }, (_, i) => numbers[i] ?? numbers[0] ?? 0);
    values.set(value, w.constant(dtype === "float32" ? Float32Array.from(all) : Int32Array.from(all), sizes));
  }
  const notes: GraphNotes = {
    norms: new Map(),
    changes: new Map(),
    variables,
    nexts: new Map(graph.states.flatMap(({ value, next }) => (next === undefined ? [] : [[value, next]]))),
    updates: [],
    barrier: `${w.prefix}barrier`,
  };
  for (const op of graph.ops) {
    const lower = lowerings[op.kind];
    if (lower === undefined) throw cannotCompile(`${op.at || "the step"} needs ${op.kind}`);
    lower(new Lowering(op, values, notes));
  }
  return { feeds, results: writeResults(w, graph, values, notes) };
}

/**
 * Outputs, and new values of states. Variables are written after everything that reads them was computed (the barrier): a
 * step that fails before has changed nothing, and none reads what it wrote itself.
 */
function writeResults(
  w: TensorflowWriter,
  graph: StepGraph,
  values: Values,
  notes: GraphNotes,
): Map<string, string> {
  const changed = graph.states.flatMap(({ name, value, next }) =>
    next === undefined || !values.has(next) ? [] : [{ name, next, variable: notes.variables.get(value) }],
  );
  const read = [...readBefore(graph, notes)].filter((value) => values.has(value));
  w.node("NoOp", [...new Set(read.map((value) => after(values.get(value))))], {}, notes.barrier);
  const assigned = changed.flatMap(({ next, variable }) => {
    if (variable === undefined) return [];
    const inputs = [variable, values.get(next), `^${notes.barrier}`];
    return [w.node("AssignVariableOp", inputs, float32)];
  });
  const named = [
    ...changed
      .filter(({ variable }) => variable === undefined)
      .map(({ name, next }) => [nextName(name), next] as const),
    ...graph.outputs.map(({ name, value }) => [name, value] as const),
  ];
  const done = [...assigned, ...notes.updates].map((node) => `^${node}`);
  return new Map(
    named.map(([name, value], i) => {
      const { dtype } = typeOf(graph, value);
      const attributes = { T: type(dtype === "float32" ? "float32" : "int32") };
      // Whoever fetches the first waits for the updates.
      return [name, w.node("Identity", [values.get(value), ...(i === 0 ? done : [])], attributes)];
    }),
  );
}

/**
 * Values that must be there before variables change: new values and outputs, and where these come of a change that is
 * made in place, what else they come of.
 */
function readBefore(graph: StepGraph, notes: GraphNotes): Set<number> {
  const behind = new Set(notes.changes.keys());
  const before = new Set<number>();
  for (const { inputs, outputs } of graph.ops) {
    if (outputs.some((value) => notes.changes.has(value))) for (const value of inputs) before.add(value);
    if (!inputs.some((value) => behind.has(value))) continue;
    for (const value of inputs) if (!behind.has(value)) before.add(value);
    for (const value of outputs) behind.add(value);
  }
  const last = [
    ...graph.states.flatMap(({ next }) => next ?? []),
    ...graph.outputs.map(({ value }) => value),
  ];
  for (const value of last) if (!behind.has(value)) before.add(value);
  for (const value of notes.variables.keys()) before.delete(value);
  return before;
}

/** A control edge from the node of an output. */
function after(name: string): string {
  return `^${name.replace(/:\d+$/, "")}`;
}

function typeOf(graph: StepGraph, value: number): ValueType {
  return graph.values[value] ?? { dtype: "float32", shape: [] };
}

/** tensorflow/core/protobuf/saved_model.proto and meta_graph.proto. */
function savedModel(nodes: Message, callable: ReturnType<typeof signatures>): Uint8Array {
  const graph = new Message();
  graph.message(4, new Message().whole(1, graphVersion));
  const meta = new Message().text(4, modelTag).text(5, "2.9.1");
  const metaGraph = new Message().message(1, meta).message(2, joined(nodes, graph));
  for (const signature of callable) metaGraph.message(5, entry(signature.name, signatureProto(signature)));
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

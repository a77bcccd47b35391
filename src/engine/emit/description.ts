import type { ListedFile } from "../../base/new-file.js";
import type { TrainingProgram } from "../../program/types.js";
import { nextName } from "../executors/compiled/runner.js";
import { hashGraph } from "../graph/hash.js";
import type { Role, StepGraph, ValueType } from "../graph/types.js";
import { maskKey } from "../masks.js";
import { planRows } from "../step/states.js";

export const emitTargets = ["onnx", "saved-model"] as const;
export type EmitTarget = (typeof emitTargets)[number];

/** Where an emitted step comes from. */
export interface EmitOrigin {
  /** Version of lerac at work. */
  readonly version: string;
  /** sha256 of the program. */
  readonly program: string;
}

/** A value that goes into a graph or comes out of it. */
export interface Port {
  /** As lerac calls it: the address of a tensor, a slot behind it, an input, an output. */
  readonly name: string;
  /** Of states, what they are; of others, which way they go. */
  readonly role: Role | "input" | "output";
  /** The name in the file. */
  readonly tensor: string;
  /** As the file has it. */
  readonly type: "float32" | "int32" | "uint32";
  readonly shape: readonly number[];
  /** Inputs that are states: the output that holds their numbers after the step. Absent where the step does not change them. */
  readonly next?: string;
  /** Of parameters and slots: index of the level, which is the column of its rate in the plan. */
  readonly level?: number;
}

export interface EmittedGraph {
  readonly name: StepGraph["name"];
  readonly file: string;
  readonly batch: number;
  /** By which loaders of SavedModels call it, with names of inputs and outputs as here. */
  readonly signature?: string;
  /** sha256 of the step graph, which does not depend on the target. */
  readonly stepGraph: string;
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
}

/** `step.json`: what somebody needs who runs the files by themselves. */
export interface StepDescription {
  readonly format: "lerac step 1";
  readonly to: EmitTarget;
  readonly lerac: string;
  readonly experiment: string;
  readonly program: string;
  /** What the files were made for. */
  readonly runtime: Readonly<Record<string, string | number | null>>;
  /** The state `plan`: row `step - plan.base` has these numbers. */
  readonly plan: { readonly rows: number; readonly columns: readonly string[] };
  /** The state `keys` under the program's first seed: two numbers a layer. */
  readonly keys: { readonly seed: number; readonly values: readonly number[] };
  readonly graphs: readonly EmittedGraph[];
  /** Where tensors lie in the file between steps: nodes by which they are set and read. */
  readonly variables?: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly feed: string;
    readonly read: string;
  }[];
  /** Fetched to take over what is fed to all `feed`s of the variables. */
  readonly write?: string;
  readonly files: readonly ListedFile[];
}

/** What both targets say alike. */
export function commonFacts(
  program: TrainingProgram,
  to: EmitTarget,
  origin: EmitOrigin,
  train: StepGraph,
): Pick<StepDescription, "format" | "to" | "lerac" | "experiment" | "program" | "plan" | "keys"> {
  const [seed = 0] = program.experiment.seeds;
  return {
    format: "lerac step 1",
    to,
    lerac: origin.version,
    experiment: program.experiment.name,
    program: origin.program,
    plan: { rows: planRows, columns: train.columns },
    keys: { seed, values: program.model.layers.flatMap(({ address }) => maskKey(seed, address)) },
  };
}

/**
 * A graph and its values by their names in a file.
 * @param names of what is fed and fetched (`next NAME` for new values of states); states that are not there are left out
 * @param hasUnsigned whether the format has whole numbers without a sign; where not, int32 has their bits
 */
export function emittedGraph(
  graph: StepGraph,
  file: string,
  names: { readonly feeds: ReadonlyMap<string, string>; readonly results: ReadonlyMap<string, string> },
  hasUnsigned: boolean,
): EmittedGraph {
  const typed = (value: number): Pick<Port, "type" | "shape"> => {
    const { dtype, shape }: ValueType = graph.values[value] ?? { dtype: "float32", shape: [] };
    return { type: dtype === "uint32" && !hasUnsigned ? "int32" : dtype, shape };
  };
  const port = (name: string, tensor: string | undefined, rest: Omit<Port, "name" | "tensor">): Port[] =>
    tensor === undefined ? [] : [{ name, tensor, ...rest }];
  const states = graph.states.flatMap(({ name, value, role, level, next }) =>
    port(name, names.feeds.get(name), {
      role,
      ...typed(value),
      ...(next === undefined || !names.results.has(nextName(name)) ? {} : { next: nextName(name) }),
      ...(level === undefined ? {} : { level }),
    }),
  );
  const inputs = graph.inputs.flatMap(({ name, value }) =>
    port(name, names.feeds.get(name), { role: "input", ...typed(value) }),
  );
  const nexts = graph.states.flatMap(({ name, role, next }) =>
    next === undefined
      ? []
      : port(nextName(name), names.results.get(nextName(name)), { role, ...typed(next) }),
  );
  const outputs = graph.outputs.flatMap(({ name, value }) =>
    port(name, names.results.get(name), { role: "output", ...typed(value) }),
  );
  const { name, batch } = graph;
  return {
    name,
    file,
    batch,
    stepGraph: hashGraph(graph),
    inputs: [...states, ...inputs],
    outputs: [...outputs, ...nexts],
  };
}

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { invariant } from "../../../base/invariant.js";
import type { StepGraph } from "../../graph/types.js";
import { optimised } from "../../passes/index.js";
import type { GraphRunner, Numbers, Runtime } from "../compiled/runner.js";
import type { TensorflowBinding } from "./binding.js";
import {
  type GraphNodes,
  isVariable,
  lowerToTensorflow,
  modelTag,
  type TensorflowModel,
  type VariableNodes,
} from "./model.js";
import type { TensorflowDevice } from "./values.js";

/**
 * A session of TensorFlow with the graphs of one run over common variables, in which the run's tensors lie between steps.
 * TensorFlow takes no graph in later: for each new one the model is made anew, and the tensors move.
 */
export class TensorflowSession implements Runtime {
  readonly #binding: TensorflowBinding;
  readonly #graphs: StepGraph[] = [];
  #loaded: { readonly id: number; readonly model: TensorflowModel } | null = null;

  readonly #device: TensorflowDevice;

  constructor(
    binding: TensorflowBinding,
    device: TensorflowDevice = binding.isUsingGpuDevice() ? "gpu" : "cpu",
  ) {
    this.#binding = binding;
    this.#device = device;
  }

  readonly store = {
    read: async (names: readonly string[]) => this.#read(names),
    write: async (tensors: ReadonlyMap<string, Float32Array>) => this.#write(tensors),
  };

  /** @throws LeracError L0903 where a kind has no lowering */
  async open(graph: StepGraph): Promise<GraphRunner> {
    const optimal = optimised(graph);
    this.#graphs.push(optimal);
    await this.#load();
    return {
      graph,
      run: async (feeds, results) => this.#step(optimal, feeds, results),
      dispose: async () => {
        const index = this.#graphs.indexOf(optimal);
        // It leaves the model when that is made anew.
        if (index >= 0) this.#graphs.splice(index, 1);
      },
    };
  }

  dispose(): void {
    if (this.#loaded !== null) this.#binding.deleteSavedModel(this.#loaded.id);
    this.#loaded = null;
  }

  async #load(): Promise<void> {
    const model = lowerToTensorflow(this.#graphs, this.#device);
    const before = this.#loaded;
    let tensors = new Map<string, Float32Array>();
    if (before !== null) {
      tensors = this.#read([...before.model.variables.keys()]);
      this.#binding.deleteSavedModel(before.id);
      this.#loaded = null;
    }
    const folder = mkdtempSync(join(tmpdir(), "lerac-step-"));
    try {
      writeFileSync(join(folder, "saved_model.pb"), model.bytes);
      this.#loaded = { id: this.#binding.loadSavedModel(folder, modelTag), model };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    // The first model's variables are empty until all are written.
    if (before !== null) this.#write(tensors);
  }

  #step(graph: StepGraph, feeds: ReadonlyMap<string, Numbers>, results: ReadonlyMap<string, Numbers>): void {
    const { id, model } = this.#session();
    const nodes: GraphNodes | undefined = model.graphs[this.#graphs.indexOf(graph)];
    invariant(nodes, "a step of a graph that was disposed of");
    const types = typesOf(graph);
    const given = [...nodes.feeds].map(([name, node]) => {
      const values = feeds.get(name);
      invariant(values, `nothing is given for ${name}`);
      return { node, values, shape: types.get(name) ?? [] };
    });
    const fetched = [...nodes.results];
    const made = this.#run(
      id,
      given,
      fetched.map(([, node]) => node),
    );
    fetched.forEach(([name], i) => {
      const numbers = results.get(name);
      const values = made[i];
      invariant(numbers && values, `nowhere to write ${name}`);
      numbers.set(values);
    });
  }

  #read(names: readonly string[]): Map<string, Float32Array> {
    const { id, model } = this.#session();
    const nodes = names.map((name) => variable(model, name).read);
    const values = nodes.length === 0 ? [] : this.#run(id, [], nodes);
    return new Map(names.map((name, i) => [name, values[i] as Float32Array]));
  }

  /** All variables at once; those that are not given keep their numbers. */
  #write(tensors: ReadonlyMap<string, Float32Array>): void {
    const { id, model } = this.#session();
    if (model.variables.size === 0) return;
    const others = [...model.variables.keys()].filter((name) => !tensors.has(name));
    const all = new Map([...tensors, ...(others.length === 0 ? [] : this.#read(others))]);
    const given = [...all].map(([name, values]) => {
      const { given: node, shape } = variable(model, name);
      return { node, values, shape };
    });
    this.#run(id, given, [model.written]);
  }

  #session() {
    invariant(this.#loaded, "no model is loaded");
    return this.#loaded;
  }

  #run(
    id: number,
    given: readonly { readonly node: string; readonly values: Numbers; readonly shape: readonly number[] }[],
    fetched: readonly string[],
  ): Numbers[] {
    const binding = this.#binding;
    const fed = given.map(({ values, shape }) => {
      const isFloat = values instanceof Float32Array;
      // There are no unsigned numbers: their bits go as they are.
      const bits = isFloat ? values : new Int32Array(values.buffer, values.byteOffset, values.length);
      return binding.createTensor([...shape], isFloat ? binding.TF_FLOAT : binding.TF_INT32, bits);
    });
    try {
      const names = given.map(({ node }) => `${node}:0`).join(",");
      const made = binding.runSavedModel(id, fed, names, fetched.map((node) => `${node}:0`).join(","));
      return made.map((tensor) => {
        const values = binding.tensorDataSync(tensor.id);
        binding.deleteTensor(tensor.id);
        return values;
      });
    } finally {
      for (const tensor of fed) binding.deleteTensor(tensor);
    }
  }
}

function variable(model: TensorflowModel, name: string): VariableNodes {
  const found = model.variables.get(name);
  invariant(found, `no tensor ${name}`);
  return found;
}

/** Shapes of what the host feeds. */
function typesOf(graph: StepGraph): Map<string, readonly number[]> {
  const fed = [...graph.inputs, ...graph.states.filter((state) => !isVariable(state))];
  return new Map(fed.map(({ name, value }) => [name, graph.values[value]?.shape ?? []]));
}

import type { InferenceSession, Tensor } from "onnxruntime-node";
import { invariant } from "../../../base/invariant.js";
import { type DeviceName, providerOf } from "../../devices.js";
import type { StepGraph } from "../../graph/types.js";
import { optimised } from "../../passes/index.js";
import { type GraphRunner, type Numbers, nextName } from "../compiled/runner.js";
import { blockOf } from "./block.js";
import { writesGivenMemory } from "./given-memory.js";
import { lowerToOnnx, type OnnxModel, onDevice, onnxPasses, onProcessor } from "./model.js";
import type { OnnxRuntime } from "./runtime.js";
import type { OnnxTarget } from "./values.js";

/** A graph in a session of onnxruntime-node. States and results are the caller's memory: the runtime writes into it. */
export class OnnxSession implements GraphRunner {
  readonly #runtime: OnnxRuntime;
  readonly #session: InferenceSession;
  readonly #model: OnnxModel;
  readonly #inPlace: boolean;
  readonly #types: ReadonlyMap<string, readonly [string, readonly number[]]>;

  private constructor(
    readonly graph: StepGraph,
    runtime: OnnxRuntime,
    session: InferenceSession,
    { model, inPlace }: { readonly model: OnnxModel; readonly inPlace: boolean },
  ) {
    this.#runtime = runtime;
    this.#session = session;
    this.#model = model;
    this.#inPlace = inPlace;
    const typed = [
      ...[...graph.states, ...graph.inputs, ...graph.outputs].map(
        ({ name, value }) => [name, value] as const,
      ),
      ...graph.states.flatMap(({ name, next }) =>
        next === undefined ? [] : [[nextName(name), next] as const],
      ),
    ];
    this.#types = new Map(
      typed.map(([name, value]) => {
        const { dtype, shape } = graph.values[value] ?? { dtype: "float32", shape: [] };
        return [name, [dtype, shape] as const];
      }),
    );
  }

  /** Finds out what every session has to know of the runtime; the first session also takes longer than others. */
  static async prepare(runtime: OnnxRuntime): Promise<void> {
    await Promise.all([blockOf(runtime), writesGivenMemory(runtime)]);
  }

  /** @throws LeracError L0903 where a kind has no lowering */
  static async open(
    runtime: OnnxRuntime,
    traced: StepGraph,
    options: {
      readonly threads: number;
      readonly device?: DeviceName;
      /** What the model is made for; found out when left out. */
      readonly target?: OnnxTarget;
    },
  ): Promise<OnnxSession> {
    const { threads, device = "cpu" } = options;
    const graph = optimised(traced, onnxPasses);
    const { target = device === "cpu" ? onProcessor(await blockOf(runtime)) : onDevice } = options;
    const model = lowerToOnnx(graph, target);
    const session = await runtime.InferenceSession.create(model.bytes, {
      // What a device has no kernel for, the processor computes.
      executionProviders: [providerOf(device)],
      executionMode: "sequential",
      // The models leave next to nothing to the runtime's optimizer, and it looks at large ones for seconds.
      graphOptimizationLevel: "disabled",
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      // A pattern is one block for all that a run needs, beside the pieces that the first run took: twice the memory.
      enableMemPattern: false,
      logSeverityLevel: 3,
      // Threads that spin on after a run slow the other sessions of the process threefold.
      extra: { session: { force_spinning_stop: "1" } },
    });
    return new OnnxSession(graph, runtime, session, { model, inPlace: await writesGivenMemory(runtime) });
  }

  async run(feeds: ReadonlyMap<string, Numbers>, results: ReadonlyMap<string, Numbers>): Promise<void> {
    const given = this.#tensors(this.#model.feeds, feeds);
    const fetched = this.#tensors(this.#model.results, results);
    const made = await this.#session.run(given, fetched);
    if (this.#inPlace) return;
    for (const [name, inModel] of this.#model.results) {
      const numbers = results.get(name);
      numbers?.set(made[inModel]?.data as Float32Array);
    }
  }

  async dispose(): Promise<void> {
    await this.#session.release();
  }

  #tensors(
    names: ReadonlyMap<string, string>,
    numbers: ReadonlyMap<string, Numbers>,
  ): Record<string, Tensor> {
    const tensors: Record<string, Tensor> = {};
    for (const [name, inModel] of names) {
      const values = numbers.get(name);
      const type = this.#types.get(name);
      invariant(values && type, `nothing is given for ${name}`);
      tensors[inModel] = new this.#runtime.Tensor(type[0] as "float32", values as Float32Array, [...type[1]]);
    }
    return tensors;
  }
}

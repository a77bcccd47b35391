import { invariant } from "../../../base/invariant.js";
import type { TrainingProgram } from "../../../program/types.js";
import type {
  BackendInfo,
  Batch,
  EvaluationOutcome,
  Executor,
  NamedTensor,
  StepOutcome,
} from "../../executor.js";
import { drawFirstWeights, type FirstWeights } from "../../first-weights.js";
import { type StepGraph, sizeOf } from "../../graph/types.js";
import { type Loss, lossFor } from "../../losses/index.js";
import { maskKey } from "../../masks.js";
import { metricSums, needsWholeSplit } from "../../metrics/index.js";
import { PlanWindow } from "../../plan-window.js";
import { planRows, type StateShape, stateShapes } from "../../step/states.js";
import { traceEvaluation, traceTrainStep } from "../../step/trace.js";
import { type CompiledRule, compiledRule } from "../../step/update.js";
import { anyTruth, checkedInputs, checkedTruth, filledUp, type NamedTruth } from "./batch.js";
import { RunnerCache } from "./cache.js";
import { type GraphRunner, type Numbers, nextName, type Runtime } from "./runner.js";
import { StateBuffers } from "./state.js";

/**
 * Runs training steps as compiled graphs, one for each size of batch and set of frozen levels that occurs. What runs a
 * graph is the factory's choice; states, plan and outcomes are the same for all.
 */
export class CompiledExecutor implements Executor {
  stepsDone = 0;
  readonly #loss: Loss;
  readonly #rule: CompiledRule;
  readonly #states: StateBuffers;
  readonly #plan: PlanWindow;
  readonly #runtime: Runtime;
  readonly #runners: RunnerCache;
  readonly #columns: number;
  #disposed = false;

  private constructor(
    readonly program: TrainingProgram,
    readonly info: BackendInfo,
    options: { readonly seed: number; readonly runtime: Runtime },
  ) {
    const levels = program.plan.levels.length;
    this.#loss = lossFor(program.train.loss);
    this.#rule = compiledRule(program.train.optimizer);
    this.#columns = Math.max(1, levels + this.#rule.columns.length);
    this.#plan = new PlanWindow(levels);
    this.#runtime = options.runtime;
    this.#runners = new RunnerCache(options.runtime);
    const shapes = stateShapes(program, this.#columns, this.#rule.slots);
    this.#states = new StateBuffers(
      shapes,
      (shape) => options.runtime.store !== undefined && isTensor(shape),
    );
    for (const [site, { address }] of program.model.layers.entries())
      this.#states.get("keys").set(maskKey(options.seed, address), 2 * site);
  }

  /**
   * Traces the step of a full batch and makes it ready to run.
   * @param options `weights` where they are being drawn already
   * @throws LeracError L0903 for a program whose step can't be compiled
   */
  static async create(
    program: TrainingProgram,
    info: BackendInfo,
    options: {
      readonly seed: number;
      readonly runtime: Runtime;
      readonly weights?: () => Promise<FirstWeights>;
    },
  ): Promise<CompiledExecutor> {
    const weights = options.weights ?? drawFirstWeights(program, options.seed);
    const executor = new CompiledExecutor(program, info, options);
    await executor.#trainer(program.train.batch, new Set());
    await executor.#initialise(await weights());
    return executor;
  }

  writePlan(base: number, rows: readonly Float32Array[]): void {
    invariant(rows.length <= planRows, `a plan of ${rows.length} rows at once`);
    this.#plan.write(base, rows);
    const plan = this.#states.get("plan");
    plan.fill(Number.NaN);
    rows.forEach((row, i) => {
      plan.set(row, i * this.#columns);
      plan.set(this.#rule.columnValues(base + i + 1), i * this.#columns + row.length);
    });
    this.#states.get("plan.base")[0] = base;
  }

  async step(batch: Batch): Promise<StepOutcome> {
    invariant(!this.#disposed, "the executor was disposed of");
    const { program } = this;
    const levels = program.plan.levels.length;
    const row = this.#plan.row(this.stepsDone);
    const frozen = new Set([...row.keys()].filter((level) => row[level] === 0));
    const runner = await this.#trainer(batch.size, frozen);

    this.#states.get("step")[0] = this.stepsDone;
    const weight = this.#loss.weight(batch.labels, batch.size);
    const feeds = new Map([...this.#states.feeds(), ...checkedInputs(batch, program)]);
    const [truthName, truth] = checkedTruth(batch, program);
    feeds.set(truthName, truth).set("share", Float32Array.of(1 / weight));
    const written = runner.graph.states.flatMap(({ name, next }) =>
      next === undefined || !this.#states.has(name) ? [] : [name],
    );
    const outputs = resultsFor(runner.graph);
    const results = new Map([...this.#states.results(written), ...outputs]);
    await runner.run(feeds, results);
    invariant(results.get(nextName("step"))?.[0] === this.stepsDone + 1, "the step did not count itself");
    this.#states.adopt(written);
    this.stepsDone++;

    const squares = Array.from({ length: levels }, (_, level) =>
      floats(outputs, "squares").subarray(3 * level, 3 * level + 3),
    );
    return {
      loss: (floats(outputs, "loss")[0] ?? Number.NaN) / weight,
      metricSums: metricSums(program.train.metrics, this.#predictions(batch, floats(outputs, "outputs"))),
      samples: batch.size,
      applied: floats(outputs, "row").slice(0, levels),
      gradNorm: Float32Array.from(squares, ([gradient = 0]) => Math.sqrt(gradient)),
      updateRatio: Float32Array.from(squares, ([, change = 0, weight = 0]) =>
        weight === 0 ? 0 : Math.sqrt(change / weight),
      ),
    };
  }

  async evaluate(batch: Batch): Promise<EvaluationOutcome> {
    const { loss, outputs } = await this.#evaluated(batch, checkedTruth(batch, this.program));
    const predictions = this.#predictions(batch, outputs);
    const { metrics } = this.program.train;
    return {
      lossSum: loss,
      lossWeight: this.#loss.weight(batch.labels, batch.size),
      metricSums: metricSums(metrics, predictions),
      samples: batch.size,
      ...(metrics.some(needsWholeSplit) ? { outputs } : {}),
    };
  }

  async predict(batch: Batch): Promise<Float32Array> {
    return (await this.#evaluated(batch, anyTruth(batch.size, this.program))).outputs;
  }

  async read(names?: readonly string[]): Promise<Map<string, NamedTensor>> {
    const wanted = names ?? [...this.#states.shapes.values()].filter(isTensor).map(({ name }) => name);
    const stored = await this.#runtime.store?.read(wanted);
    return new Map(
      wanted.map((name) => {
        const { shape } = this.#tensor(name).type;
        const values = stored?.get(name) ?? Float32Array.from(this.#states.get(name));
        return [name, { shape: [...shape], values }];
      }),
    );
  }

  async write(tensors: ReadonlyMap<string, NamedTensor>): Promise<void> {
    for (const [name, { shape, values }] of tensors) {
      const expected = this.#tensor(name).type.shape;
      invariant(shape.join() === expected.join(), `${name} is [${expected}], not [${shape}]`);
      invariant(values.length === sizeOf(expected), `${name}: ${values.length} values for [${shape}]`);
    }
    await this.#set(new Map([...tensors].map(([name, { values }]) => [name, values])));
  }

  tensorCount(): null {
    return null;
  }

  dispose(): void {
    this.#disposed = true;
    this.#runners.dispose();
    this.#runtime.dispose?.();
  }

  async #set(tensors: ReadonlyMap<string, Float32Array>): Promise<void> {
    if (this.#runtime.store !== undefined) await this.#runtime.store.write(tensors);
    else for (const [name, values] of tensors) this.#states.get(name).set(values);
  }

  /** First weights and statistics; slots begin at 0. */
  async #initialise(weights: FirstWeights): Promise<void> {
    const { store } = this.#runtime;
    if (store === undefined) {
      for (const [name, values] of weights) this.#states.put(name, values);
      return;
    }
    const tensors = [...this.#states.shapes.values()].filter(isTensor);
    // One row of zeros, as long as the largest, serves all slots.
    const zeros = new Float32Array(Math.max(0, ...tensors.map(({ type }) => sizeOf(type.shape))));
    const first = tensors.map(
      ({ name, type }) => [name, weights.get(name) ?? zeros.subarray(0, sizeOf(type.shape))] as const,
    );
    await store.write(new Map(first));
  }

  #trainer(batch: number, frozen: ReadonlySet<number>): Promise<GraphRunner> {
    const kind = `train ${batch}`;
    const key = `${kind} ${[...frozen].join()}`;
    return this.#runners.get(key, kind, () => traceTrainStep(this.program, { batch, frozen }));
  }

  /** Batches are filled up to the size of training, so one graph serves almost all. */
  async #evaluated(
    batch: Batch,
    [name, truth]: NamedTruth,
  ): Promise<{ loss: number; outputs: Float32Array }> {
    invariant(!this.#disposed, "the executor was disposed of");
    const size = Math.max(batch.size, this.program.train.batch);
    const key = `evaluate ${size}`;
    const runner = await this.#runners.get(key, key, () => traceEvaluation(this.program, size));
    const feeds = this.#states.feeds();
    for (const [name, values] of checkedInputs(batch, this.program))
      feeds.set(name, filledUp(values, (values.length / batch.size) * size));
    feeds.set(name, filledUp(truth, (truth.length / batch.size) * size));
    feeds.set("weights", filledUp(new Float32Array(batch.size).fill(1), size));
    const results = resultsFor(runner.graph);
    await runner.run(feeds, results);
    const outputs = floats(results, "outputs");
    return {
      loss: floats(results, "loss")[0] ?? Number.NaN,
      outputs: outputs.slice(0, (outputs.length / size) * batch.size),
    };
  }

  #tensor(name: string): StateShape {
    const shape = this.#states.shapes.get(name);
    invariant(shape && isTensor(shape), `no tensor ${name}`);
    return shape;
  }

  #predictions({ size: samples, labels, targets = new Float32Array(0) }: Batch, outputs: Float32Array) {
    return { samples, outputs, width: outputs.length / samples, labels, targets };
  }
}

/** What checkpoints hold; the other states are the host's, or counted by it. */
function isTensor({ role }: StateShape): boolean {
  return role === "parameter" || role === "slot" || role === "statistic";
}

function resultsFor(graph: StepGraph): Map<string, Numbers> {
  return new Map(
    graph.outputs.map(({ name, value }) => {
      const size = graph.values[value]?.shape.reduce((product, extent) => product * extent, 1);
      return [name, new Float32Array(size ?? 0)];
    }),
  );
}

function floats(results: ReadonlyMap<string, Numbers>, name: string): Float32Array {
  const numbers = results.get(name);
  invariant(numbers instanceof Float32Array, `the graph has no output ${name}`);
  return numbers;
}

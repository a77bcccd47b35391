import type { Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import { invariant } from "../../../base/invariant.js";
import type { TrainingProgram } from "../../../program/types.js";
import { boundedGradients } from "../../clip.js";
import type {
  BackendInfo,
  Batch,
  EvaluationOutcome,
  Executor,
  NamedTensor,
  StepOptions,
  StepOutcome,
} from "../../executor.js";
import { frozenTensors } from "../../frozen.js";
import { initialValues } from "../../initial.js";
import { type Loss, lossFor, type Truth } from "../../losses/index.js";
import { metricSums, needsWholeSplit, type Predictions } from "../../metrics/index.js";
import { movedStatistics } from "../../ops/batch_norm.js";
import { type Optimizer, optimizerFor } from "../../optimizers/index.js";
import { PlanWindow } from "../../plan-window.js";
import {
  add,
  concat,
  engine,
  keep,
  memory,
  scalar,
  setBackend,
  sub,
  tensor,
  tensor1d,
  tensor2d,
} from "../../tfjs.js";
import { EagerModel, type ForwardState, type ModelInput } from "./model.js";
import { TensorStore } from "./store.js";
import { readTogether, scoped, sumOfSquares } from "./together.js";

/**
 * Runs a training step operation by operation on whatever TensorFlow.js backend is chosen. All work of a call is done
 * before it returns its (resolved) promise; TensorFlow.js has one global engine, so each call first makes its own
 * backend the current one.
 */
export class EagerExecutor implements Executor {
  stepsDone = 0;
  readonly #model: EagerModel;
  readonly #loss: Loss;
  readonly #optimizer: Optimizer;
  readonly #store = new TensorStore();
  readonly #plan: PlanWindow;
  #disposed = false;

  constructor(
    readonly program: TrainingProgram,
    readonly info: BackendInfo,
    options: { readonly seed: number },
  ) {
    this.#model = new EagerModel(program, options.seed);
    this.#loss = lossFor(program.train.loss);
    this.#optimizer = optimizerFor(program.train.optimizer);
    this.#plan = new PlanWindow(program.plan.levels.length);
    this.#activate();
    for (const layer of program.model.layers) {
      for (const spec of layer.tensors) {
        this.#store.create(spec.address, spec.shape, initialValues(spec, options.seed));
        if (!spec.trainable) continue;
        for (const slot of this.#optimizer.slots) {
          const size = spec.shape.reduce((product, extent) => product * extent, 1);
          this.#store.create(
            `${spec.address}/${slot}`,
            spec.shape,
            new Float32Array(size).fill(this.#optimizer.start ?? 0),
          );
        }
      }
    }
  }

  writePlan(base: number, rows: readonly Float32Array[]): void {
    this.#plan.write(base, rows);
  }

  async step(batch: Batch, { measure = true }: StepOptions = {}): Promise<StepOutcome> {
    this.#activate();
    const row = this.#plan.row(this.stepsDone);
    const outcome = scoped(() => this.#trainOn(batch, row, measure));
    this.stepsDone++;
    return outcome;
  }

  async evaluate(batch: Batch): Promise<EvaluationOutcome> {
    this.#activate();
    return scoped(() => {
      const truth = this.#truth(batch);
      const outputs = this.#model.forward("evaluate", this.#inputs(batch), this.#forwardState());
      const [lossSum, values] = readTogether([this.#loss.sum(outputs, truth), outputs]);
      const predictions = predictionsOf(batch, outputs.shape[1], values as Float32Array);
      const { metrics } = this.program.train;
      return {
        lossSum: (lossSum as Float32Array)[0] as number,
        lossWeight: this.#loss.weight(batch.labels, batch.size),
        metricSums: metricSums(metrics, predictions),
        samples: batch.size,
        ...(metrics.some(needsWholeSplit) ? { outputs: predictions.outputs } : {}),
      };
    });
  }

  async predict(batch: Batch): Promise<Float32Array> {
    this.#activate();
    return scoped(() => {
      const logits = this.#model.forward("evaluate", this.#inputs(batch), this.#forwardState());
      return Float32Array.from(logits.dataSync());
    });
  }

  async read(names?: readonly string[]): Promise<Map<string, NamedTensor>> {
    this.#activate();
    return this.#store.read(names);
  }

  async write(tensors: ReadonlyMap<string, NamedTensor>): Promise<void> {
    this.#activate();
    this.#store.write(tensors);
  }

  tensorCount(): number {
    return memory().numTensors;
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#activate();
    this.#store.dispose();
    this.#disposed = true;
  }

  #activate(): void {
    invariant(!this.#disposed, "the executor was disposed of");
    // Takes effect at once: the backend is initialised, and nothing before its first await is asynchronous.
    if (engine().backendName !== this.info.library) void setBackend(this.info.library);
  }

  #trainOn(batch: Batch, row: Float32Array, measure: boolean): StepOutcome {
    const truth = this.#truth(batch);
    const inputs = this.#inputs(batch);
    const weight = this.#loss.weight(batch.labels, batch.size);
    const addresses = this.program.plan.levels.flatMap((level) => level.tensors);
    let outputs: Tensor2D | undefined;
    const { value: lossSum, grads } = engine().gradients(
      () => {
        outputs = keep(
          this.#model.forward("train", inputs, this.#forwardState(frozenTensors(this.program.plan, row))),
        );
        return this.#loss.sum(outputs, truth);
      },
      addresses.map((address) => this.#store.get(address)),
      // The loss is a mean over the batch: each sample's share of it is what flows back.
      scalar(1 / weight),
      true,
    );
    invariant(outputs, "the forward pass did not run");
    const gradients = new Map(addresses.map((address, i) => [address, grads[i] ?? null]));
    const { applied, sums } = this.#update(gradients, row, measure);
    // Everything the host wants to know crosses in one piece.
    const [lossValues, outputValues, ...squares] = readTogether([lossSum, outputs, ...sums]);
    const predictions = predictionsOf(batch, outputs.shape[1], outputValues as Float32Array);
    outputs.dispose();
    return {
      loss: ((lossValues as Float32Array)[0] as number) / weight,
      metricSums: metricSums(this.program.train.metrics, predictions),
      samples: batch.size,
      applied,
      gradNorm: Float32Array.from(squares, (level) => Math.sqrt(level[0] as number)),
      updateRatio: Float32Array.from(squares, (level) => {
        const [, change, weight] = level as unknown as [number, number, number];
        return weight === 0 ? 0 : Math.sqrt(change / weight);
      }),
    };
  }

  /**
   * Updates every tensor at the rate of its level. `applied` is written where a rate is consumed; `sums` holds for each
   * level the sums of squares of gradient, change and weight (before the change), or nothing if not `measure`.
   */
  #update(
    gradients: ReadonlyMap<string, Tensor | null>,
    row: Float32Array,
    measure: boolean,
  ): { applied: Float32Array; sums: Tensor[] } {
    const { levels } = this.program.plan;
    const applied = new Float32Array(levels.length).fill(Number.NaN);
    const bounded = boundedGradients(this.program, gradients, row);
    const sums = levels.flatMap((level, index) => {
      const rate = row[index] as number;
      const squares = level.tensors.flatMap((address) => {
        const gradient = gradients.get(address);
        invariant(gradient, `no gradient reaches ${address}`);
        const weight = this.#store.get(address);
        const slots = this.#optimizer.slots.map((slot) => `${address}/${slot}`);
        const update = this.#optimizer.update({
          weight,
          gradient: bounded.get(address) ?? gradient,
          slots: slots.map((slot) => this.#store.get(slot)),
          rate,
          step: this.stepsDone + 1,
        });
        const measured = measure ? [concat([gradient, update.change, weight].map(sumOfSquares))] : [];
        // A frozen level keeps its weights bit for bit, whatever its gradient is.
        if (rate !== 0) this.#store.replace(address, sub(weight, update.change));
        slots.forEach((slot, i) => {
          this.#store.replace(slot, update.slots[i] as Tensor);
        });
        return measured;
      });
      applied[index] = rate;
      return measure ? [squares.reduce((total, next) => add(total, next))] : [];
    });
    return { applied, sums };
  }

  #forwardState(frozen: ReadonlySet<string> = new Set()): ForwardState {
    return {
      frozen,
      tensor: (address) => this.#store.get(address),
      report: (address, statistics, momentum) => {
        const [mean, variance] = [`${address}.mean`, `${address}.variance`];
        const running = { mean: this.#store.get(mean), variance: this.#store.get(variance) };
        const moved = movedStatistics(running, statistics, momentum);
        this.#store.replace(mean, moved.mean);
        this.#store.replace(variance, moved.variance);
      },
      step: this.stepsDone,
    };
  }

  #inputs(batch: Batch): Map<string, ModelInput> {
    return new Map(
      this.program.model.inputs.map(({ name, shape }) => {
        const input = batch.inputs.get(name);
        invariant(input, `the batch has no input ${name}`);
        const expected = [batch.size, ...shape];
        invariant(
          input.shape.join() === expected.join(),
          `input ${name} is [${input.shape.join(", ")}], not [${expected.join(", ")}]`,
        );
        const { values, lengths = null } = input;
        invariant(
          lengths === null || lengths.every((length) => length >= 0 && length <= (shape[0] ?? 0)),
          `a length of input ${name} is beyond its ${shape[0]} places`,
        );
        return [name, { value: tensor(values, expected, "float32"), lengths }];
      }),
    );
  }

  #truth(batch: Batch): Truth {
    const { labels, targets, size } = batch;
    if (targets !== undefined) {
      invariant(targets.length % size === 0, `${targets.length} numbers for ${size} samples`);
      return { labels: tensor1d([], "int32"), targets: tensor2d(targets, [size, targets.length / size]) };
    }
    const classes = this.program.data.classes ?? 0;
    invariant(labels.length === size, `${labels.length} labels for ${size} samples`);
    invariant(
      labels.every((label) => label >= 0 && label < classes),
      `a label is outside of the ${classes} classes`,
    );
    return { labels: tensor1d(labels, "int32"), targets: null };
  }
}

function predictionsOf(batch: Batch, width: number, outputs: Float32Array): Predictions {
  const { size: samples, labels, targets = new Float32Array(0) } = batch;
  return { samples, outputs, width, labels, targets };
}

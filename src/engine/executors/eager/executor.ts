import {
  add,
  concat,
  engine,
  keep,
  memory,
  reshape,
  scalar,
  setBackend,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  tensor,
  tensor1d,
} from "@tensorflow/tfjs-core";
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
import { initialValues } from "../../initial.js";
import { movedStatistics } from "../../ops/batch_norm.js";
import { crossEntropySum, labelRanks } from "../../ops/loss.js";
import { type Optimizer, optimizerFor } from "../../optimizers/index.js";
import { PlanWindow } from "../../plan-window.js";
import { EagerModel, type ForwardState } from "./model.js";
import { TensorStore } from "./store.js";

/**
 * Runs a training step operation by operation on whatever TensorFlow.js backend is chosen. All work of a call is done
 * before it returns its (resolved) promise; TensorFlow.js has one global engine, so each call first makes its own
 * backend the current one.
 */
export class EagerExecutor implements Executor {
  stepsDone = 0;
  readonly #model: EagerModel;
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
    this.#optimizer = optimizerFor(program.train.optimizer);
    this.#plan = new PlanWindow(program.plan.levels.length);
    this.#activate();
    for (const layer of program.model.layers) {
      for (const spec of layer.tensors) {
        this.#store.create(spec.address, spec.shape, initialValues(spec, options.seed));
        if (!spec.trainable) continue;
        for (const slot of this.#optimizer.slots) {
          const size = spec.shape.reduce((product, extent) => product * extent, 1);
          this.#store.create(`${spec.address}/${slot}`, spec.shape, new Float32Array(size));
        }
      }
    }
  }

  writePlan(base: number, rows: readonly Float32Array[]): void {
    this.#plan.write(base, rows);
  }

  async step(batch: Batch): Promise<StepOutcome> {
    this.#activate();
    const row = this.#plan.row(this.stepsDone);
    const outcome = scoped(() => this.#trainOn(batch, row));
    this.stepsDone++;
    return outcome;
  }

  async evaluate(batch: Batch): Promise<EvaluationOutcome> {
    this.#activate();
    return scoped(() => {
      const labels = this.#labels(batch);
      const logits = this.#model.forward("evaluate", this.#inputs(batch), this.#forwardState());
      const [lossSum, ranks] = readTogether([crossEntropySum(logits, labels), labelRanks(logits, labels)]);
      return {
        lossSum: (lossSum as Float32Array)[0] as number,
        metricSums: this.#metricSums(ranks as Float32Array),
        samples: batch.size,
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

  #trainOn(batch: Batch, row: Float32Array): StepOutcome {
    const labels = this.#labels(batch);
    const inputs = this.#inputs(batch);
    const addresses = this.program.plan.levels.flatMap((level) => level.tensors);
    let ranks: Tensor1D | undefined;
    const { value: lossSum, grads } = engine().gradients(
      () => {
        const logits = this.#model.forward("train", inputs, this.#forwardState());
        ranks = keep(labelRanks(logits, labels));
        return crossEntropySum(logits, labels);
      },
      addresses.map((address) => this.#store.get(address)),
      // The loss is the mean over the batch: each sample's share of it is what flows back.
      scalar(1 / batch.size),
      true,
    );
    invariant(ranks, "the forward pass did not run");
    const gradients = new Map(addresses.map((address, i) => [address, grads[i] ?? null]));
    const { applied, sums } = this.#update(gradients, row);
    // Everything the host wants to know crosses in one piece.
    const [lossValues, rankValues, ...squares] = readTogether([lossSum, ranks, ...sums]);
    ranks.dispose();
    return {
      loss: ((lossValues as Float32Array)[0] as number) / batch.size,
      metricSums: this.#metricSums(rankValues as Float32Array),
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
   * level the sums of squares of gradient, change and weight (before the change).
   */
  #update(
    gradients: ReadonlyMap<string, Tensor | null>,
    row: Float32Array,
  ): { applied: Float32Array; sums: Tensor[] } {
    const { levels } = this.program.plan;
    const applied = new Float32Array(levels.length).fill(Number.NaN);
    const sums = levels.map((level, index) => {
      const rate = row[index] as number;
      const squares = level.tensors.map((address) => {
        const gradient = gradients.get(address);
        invariant(gradient, `no gradient reaches ${address}`);
        const weight = this.#store.get(address);
        const slots = this.#optimizer.slots.map((slot) => `${address}/${slot}`);
        const update = this.#optimizer.update({
          weight,
          gradient,
          slots: slots.map((slot) => this.#store.get(slot)),
          rate,
          step: this.stepsDone + 1,
        });
        const measured = concat([gradient, update.change, weight].map(sumOfSquares));
        // A frozen level keeps its weights bit for bit, whatever its gradient is.
        if (rate !== 0) this.#store.replace(address, sub(weight, update.change));
        slots.forEach((slot, i) => {
          this.#store.replace(slot, update.slots[i] as Tensor);
        });
        return measured;
      });
      applied[index] = rate;
      return squares.reduce((total, next) => add(total, next));
    });
    return { applied, sums };
  }

  #forwardState(): ForwardState {
    return {
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

  #inputs(batch: Batch): Map<string, Tensor> {
    return new Map(
      this.program.model.inputs.map(({ name, shape }) => {
        const input = batch.inputs.get(name);
        invariant(input, `the batch has no input ${name}`);
        const expected = [batch.size, ...shape];
        invariant(
          input.shape.join() === expected.join(),
          `input ${name} is [${input.shape.join(", ")}], not [${expected.join(", ")}]`,
        );
        return [name, tensor(input.values, expected, "float32")];
      }),
    );
  }

  #labels(batch: Batch): Tensor1D {
    const { classes } = this.program.data;
    invariant(batch.labels.length === batch.size, `${batch.labels.length} labels for ${batch.size} samples`);
    invariant(
      batch.labels.every((label) => label >= 0 && label < classes),
      `a label is outside of the ${classes} classes`,
    );
    return tensor1d(batch.labels, "int32");
  }

  #metricSums(ranks: Float32Array): Record<string, number> {
    const sums: Record<string, number> = {};
    for (const metric of this.program.train.metrics) {
      const k = metric.kind === "top" ? metric.k : 1;
      sums[metric.name] = ranks.reduce((hits, rank) => hits + (rank < k ? 1 : 0), 0);
    }
    return sums;
  }
}

/** Runs and frees every tensor made on the way that was not kept; `tidy` for results that are not tensors. */
function scoped<T>(run: () => T): T {
  engine().startScope();
  try {
    return run();
  } finally {
    engine().endScope();
  }
}

function sumOfSquares(x: Tensor): Tensor1D {
  return reshape(sum(square(x)), [1]);
}

/** Values of several tensors, read at once: a read may have to wait for the device. */
function readTogether(tensors: readonly Tensor[]): Float32Array[] {
  const all = concat(tensors.map((value) => reshape(value, [value.size]))).dataSync() as Float32Array;
  let start = 0;
  return tensors.map((value) => {
    const values = all.slice(start, start + value.size);
    start += value.size;
    return values;
  });
}

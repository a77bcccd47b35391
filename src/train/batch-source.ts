import { InternalError } from "../base/invariant.js";
import { type Split, trainBatches } from "../data/index.js";
import type { Batch } from "../engine/executor.js";
import type { TrainingProgram } from "../program/types.js";
import { inputName } from "./run-program.js";

export interface BatchSourceOptions {
  readonly batch: number;
  readonly lastBatch: "keep" | "drop";
  readonly seed: number;
  readonly input: string;
  readonly stepsPerEpoch: number;
}

/** The batches that a program trains on under a seed: what the trainer feeds and what `lerac batches` writes. */
export function trainingBatches(
  program: TrainingProgram,
  split: Split,
  { seed, stepsPerEpoch }: { readonly seed: number; readonly stepsPerEpoch: number },
): BatchSource {
  const { batch, lastBatch } = program.train;
  return new BatchSource(split, { batch, lastBatch, seed, input: inputName(program), stepsPerEpoch });
}

/** The batches of a run, one a step, from any step on: what a step gets depends on its number alone. */
export class BatchSource {
  readonly #split: Split;
  readonly #options: BatchSourceOptions;
  #epoch: AsyncGenerator<Batch, void> | null = null;
  /** The step whose batch `#epoch` gives next. */
  #step = -1;

  constructor(split: Split, options: BatchSourceOptions) {
    this.#split = split;
    this.#options = options;
  }

  /** The batch of the step after `step` completed steps. */
  async at(step: number): Promise<Batch> {
    const { stepsPerEpoch, ...options } = this.#options;
    const from = step % stepsPerEpoch;
    if (this.#epoch === null || step !== this.#step || from === 0) {
      await this.close();
      this.#epoch = trainBatches(this.#split, { ...options, epoch: Math.floor(step / stepsPerEpoch), from });
    }
    const next = await this.#epoch.next();
    if (next.done === true) throw new InternalError(`the data have no batch for step ${step}`);
    this.#step = step + 1;
    return next.value;
  }

  async close(): Promise<void> {
    await this.#epoch?.return();
    this.#epoch = null;
  }
}

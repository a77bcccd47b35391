import { invariant } from "../base/invariant.js";
import { RandomSource } from "../base/random.js";
import type { Batch } from "../engine/executor.js";
import type { Split } from "./dataset.js";
import { empty } from "./problems.js";
import type { Augmentation } from "./samples.js";

export interface TrainBatchOptions {
  readonly batch: number;
  /** What becomes of the samples left over behind the last full batch. */
  readonly lastBatch: "keep" | "drop";
  /** The run's seed. */
  readonly seed: number;
  /** From 0. */
  readonly epoch: number;
  /** The first batch wanted, from 0: a run resumed inside an epoch gets bit for bit what it would have got. */
  readonly from?: number;
  /** Name of the model's input, where samples fill just one. */
  readonly input: string;
}

export interface EvaluationBatchOptions {
  /** Name of the model's input, where samples fill just one. */
  readonly input: string;
}

/** Batches in an epoch: all full ones and, with `keep`, the smaller last one. 0 if `drop` leaves none. */
export function stepsPerEpoch(samples: number, batch: number, lastBatch: "keep" | "drop"): number {
  return lastBatch === "keep" ? Math.ceil(samples / batch) : Math.floor(samples / batch);
}

/**
 * The batches of one epoch, in an order drawn for the epoch, with the split's random transforms. Order and transforms
 * depend on the seed, the epoch and the sample alone: not on the size of batches, nor on what was read before. Inputs
 * are fresh arrays that may be transferred. L0307 if there is no batch.
 */
export async function* trainBatches(split: Split, options: TrainBatchOptions): AsyncGenerator<Batch, void> {
  const { batch, lastBatch, seed, epoch, input, from = 0 } = options;
  invariant(Number.isInteger(batch) && batch > 0, `batch of ${batch} samples`);
  const steps = stepsPerEpoch(split.size, batch, lastBatch);
  if (steps === 0) {
    throw empty(`\`${split.name}\` has ${split.size} samples: no full batch of ${batch}`, null, [
      "`last_batch drop` leaves out what does not fill a batch",
    ]);
  }
  invariant(Number.isInteger(from) && from >= 0 && from <= steps, `batch ${from} of ${steps} asked for`);

  const order = new RandomSource({ seed, address: split.address, purpose: "order" })
    .at(epoch)
    .permutation(split.size);
  const groups = consecutive(order, batch).slice(from, steps);
  yield* batches(split, groups, input, { seed, epoch });
}

/** All samples in the split's order without random transforms; the last batch may be smaller. */
export async function* evaluationBatches(
  split: Split,
  batchSize: number,
  options: EvaluationBatchOptions,
): AsyncGenerator<Batch, void> {
  invariant(Number.isInteger(batchSize) && batchSize > 0, `batch of ${batchSize} samples`);
  const order = Uint32Array.from({ length: split.size }, (_, i) => i);
  yield* batches(split, consecutive(order, batchSize), options.input, null);
}

/** The order cut into groups of `size`; the last may be smaller. */
function consecutive(order: Uint32Array, size: number): Uint32Array[] {
  const groups: Uint32Array[] = [];
  for (let start = 0; start < order.length; start += size) groups.push(order.subarray(start, start + size));
  return groups;
}

/** A batch of each group; the next group is already being read while one is used. */
async function* batches(
  split: Split,
  groups: readonly Uint32Array[],
  input: string,
  augment: Augmentation | null,
): AsyncGenerator<Batch, void> {
  const start = (group: Uint32Array | undefined) => {
    if (group === undefined) return null;
    const reading = split.samples.inputs(group, input, augment);
    // A reader that stops early never looks at this promise; one that goes on meets the error when it awaits it.
    reading.catch(() => {});
    return reading;
  };
  let reading = start(groups[0]);
  for (const [index, samples] of groups.entries()) {
    const current = reading;
    reading = start(groups[index + 1]);
    invariant(current !== null, "a group of samples was not read");
    yield { size: samples.length, inputs: await current, ...truthOf(split, samples) };
  }
}

function truthOf({ labels, targets }: Split, samples: Uint32Array): Pick<Batch, "labels" | "targets"> {
  if (targets === null) return { labels: Int32Array.from(samples, (sample) => labels[sample] as number) };
  return {
    labels: new Int32Array(0),
    targets: Float32Array.from(samples, (sample) => targets[sample] as number),
  };
}

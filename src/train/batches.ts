import { evaluationBatches, openDataset } from "../data/index.js";
import { fail } from "../diagnostics/index.js";
import type { Batch } from "../engine/executor.js";
import type { TrainingProgram } from "../program/types.js";
import type { StoredTensor, WholeTensor } from "../runs/safetensors.js";
import { trainingBatches } from "./batch-source.js";
import { inputName } from "./run-program.js";
import { makeTimetable } from "./timetable.js";

export interface BatchesOptions {
  readonly split: "train" | "val" | "test";
  /** So many batches; the evaluation of a split may have fewer. */
  readonly count: number;
  readonly seed: number;
  /** Which fold is tested on, from 1; null or left out for data without folds, or the first. */
  readonly fold?: number | null;
  /** Where the data lie: an absolute path. */
  readonly folder: string;
}

export interface WrittenBatches {
  /** By `NNNNNN/inputs/NAME`, `NNNNNN/labels` and `NNNNNN/targets`, NNNNNN the steps done before. */
  readonly tensors: ReadonlyMap<string, StoredTensor | WholeTensor>;
  readonly batches: number;
  readonly samples: number;
  readonly stepsPerEpoch: number;
}

/**
 * The tensors that the first steps of a run get, from the same source that feeds the trainer; of another split the
 * batches that it is measured on.
 * @throws LeracError L0718 where the program has no such split, L0920 where the run has fewer steps, and as `openDataset`
 */
export async function collectBatches(
  program: TrainingProgram,
  options: BatchesOptions,
): Promise<WrittenBatches> {
  const dataset = await openDataset(program.data, { folder: options.folder, fold: options.fold ?? null });
  try {
    const { clock } = makeTimetable(program, dataset.train.size, { epochs: null, steps: null });
    const split = dataset[options.split];
    if (split === null)
      throw fail("missing", "L0718", `the spec has no \`${options.split}\` split`, {
        at: { place: "--split" },
        helps: [`it has ${(["train", "val", "test"] as const).filter((name) => dataset[name]).join(", ")}`],
      });
    const { stepsPerEpoch } = clock;
    const tensors = new Map<string, StoredTensor | WholeTensor>();
    const written = { batches: 0, samples: 0 };
    const add = (batch: Batch) => {
      addBatch(tensors, written.batches, batch);
      written.batches++;
      written.samples += batch.size;
    };
    if (options.split === "train") {
      if (options.count > clock.steps)
        throw fail("usage", "L0920", `the run has ${clock.steps} steps, not ${options.count}`, {
          at: { place: `--count ${options.count}` },
        });
      const source = trainingBatches(program, split, { seed: options.seed, stepsPerEpoch });
      for (let step = 0; step < options.count; step++) add(await source.at(step));
      await source.close();
    } else {
      const input = inputName(program);
      for await (const batch of evaluationBatches(split, program.train.batch, { input })) {
        if (written.batches === options.count) break;
        add(batch);
      }
    }
    return { tensors, ...written, stepsPerEpoch };
  } finally {
    await dataset.close();
  }
}

function addBatch(tensors: Map<string, StoredTensor | WholeTensor>, index: number, batch: Batch): void {
  const place = index.toString().padStart(6, "0");
  for (const [name, { shape, values, lengths }] of batch.inputs) {
    tensors.set(`${place}/inputs/${name}`, { shape, values });
    if (lengths !== undefined)
      tensors.set(`${place}/lengths/${name}`, { shape: [lengths.length], values: lengths });
  }
  const { labels, targets, size } = batch;
  if (targets === undefined) tensors.set(`${place}/labels`, { shape: [labels.length], values: labels });
  else tensors.set(`${place}/targets`, { shape: [size, targets.length / size], values: targets });
}

import type { Batch } from "../../engine/executor.js";
import type { DataProgram } from "../../program/types.js";
import { prepare } from "../prepare.js";
import { holdsImages, holdsSound, type ReadableData, requireReadable } from "../readable.js";
import type { Vocabulary } from "../vocabulary.js";
import { readImages } from "./image_inputs.js";
import { type ReadStdin, readRows } from "./row_inputs.js";
import { readRecordings } from "./sound_inputs.js";

/** Samples that somebody brings, without labels. */
export interface Inputs {
  /** How each is called: its path as given, and in a file of many `PATH[INDEX]`. */
  readonly names: readonly string[];
  /** All of them in order, as the dataset's own are measured; the last batch may be smaller. */
  batches(size: number, input: string): AsyncGenerator<Batch, void>;
}

export interface InputsOptions {
  /** That which the model was trained with, for text. */
  readonly vocabulary: Vocabulary | null;
  readonly stdin: ReadStdin;
}

/**
 * What lies in files and folders, as the model of a program takes it: with the transforms and the scale of the split
 * that is measured.
 *
 * @throws LeracError L0305 for what is not there or can't be read, L0306 for another kind, size or columns than the
 *   model takes, L0307 where nothing is in it, L0316 for a program whose samples have no reader
 */
export async function openInputs(
  program: DataProgram,
  paths: readonly string[],
  { vocabulary, stdin }: InputsOptions,
): Promise<Inputs> {
  const data = requireReadable(program);
  const purpose = { data: data.name, split: measured(data) };
  const { names, content } = holdsImages(data)
    ? await readImages(data, paths, purpose)
    : holdsSound(data)
      ? await readRecordings(data, paths, purpose)
      : await readRows(data, paths, stdin);
  // Inputs are read once: nothing of them is kept.
  const samples = prepare(content, { data, split: purpose.split, vocabulary, memoryLimit: 0 });
  return {
    names,
    async *batches(size, input) {
      for (let start = 0; start < names.length; start += size) {
        const group = Uint32Array.from({ length: Math.min(size, names.length - start) }, (_, i) => start + i);
        const inputs = await samples.inputs(group, input, null);
        yield { size: group.length, inputs, labels: new Int32Array(0) };
      }
    },
  };
}

/** `test`, or what there is. */
function measured(data: ReadableData): "test" | "val" | "train" {
  return data.test !== null ? "test" : data.val !== null ? "val" : "train";
}

import { formatCount, formatPercent } from "../base/format.js";
import type { DataProgram } from "../program/types.js";
import { filesDigest } from "./digest.js";
import { FoldedSource, groupsOf } from "./folds.js";
import { prepare } from "./prepare.js";
import { describePurpose, empty, type Purpose, type SplitName } from "./problems.js";
import {
  holdsImages,
  type ReadableData,
  type ReadableSplit,
  requireReadable,
  wordsOfSplit,
} from "./readable.js";
import type { Samples } from "./samples.js";
import { partRange, selectSamples } from "./selection.js";
import { openSource } from "./sources/index.js";
import type { Source } from "./sources/source.js";
import { resizesImages } from "./transforms/index.js";
import { countVocabulary, type Vocabulary } from "./vocabulary.js";

/** The opened splits of a data set. */
export interface Dataset {
  readonly train: Split;
  readonly val: Split | null;
  readonly test: Split | null;
  /** Words by number, for text; null for all else. */
  readonly vocabulary: Vocabulary | null;
  /** SHA-256 over names and content of all files used, hexadecimal. */
  readonly digest: string;
  /** Gives the memory back. Batches cannot be read any more. */
  close(): Promise<void>;
}

/** The samples of one split, in its own fixed order. */
export interface Split {
  readonly name: SplitName;
  readonly size: number;
  /** Class of each sample; empty where a number is learned. */
  readonly labels: Int32Array;
  /** The number to be met by each sample; null where a class is learned. */
  readonly targets: Float32Array | null;
  /** `DATASET.SPLIT`: under this address random numbers are drawn. */
  readonly address: string;
  readonly samples: Samples;
}

export interface DatasetOptions {
  /** Where the source lies: an absolute path. */
  readonly folder: string;
  /** Bytes of decoded pixels or sound that a split may keep in memory; beyond, files are decoded batch by batch. */
  readonly memoryLimit?: number;
  /** That which a model was trained with; counted on `train` when left out. */
  readonly vocabulary?: Vocabulary;
  /** Which fold is tested on, from 1, where the data have folds; the first when left out or null. */
  readonly fold?: number | null;
}

/** Samples in each split; null for a split the program has not. */
export interface DatasetSizes {
  readonly train: number;
  readonly val: number | null;
  readonly test: number | null;
}

const MEMORY_LIMIT = 1e9;

/** A split with the number of samples in its parts together. */
interface CountedSplit {
  readonly purpose: Purpose;
  readonly split: ReadableSplit;
  readonly total: number;
  /** The group of each of them, where the split keeps groups together. */
  readonly groups: readonly string[] | null;
  readonly resize: boolean;
}

/**
 * Opens a data set and checks all of it: every file the splits use is read. Throws LeracError: L0304 something is not
 * there, L0305 damaged, L0306 not what the program was compiled for, L0307 an empty split, L0308 transforms in an order
 * that cannot be had, L0309 no library to decode images, L0316 no reader for it yet.
 */
export async function openDataset(program: DataProgram, options: DatasetOptions): Promise<Dataset> {
  const data = requireReadable(program);
  const memoryLimit = options.memoryLimit ?? MEMORY_LIMIT;
  const source = sourceOf(data, options, memoryLimit);
  // All headers and listings before any pixels: what is missing shows at once.
  const counted = await countSplits(source, data, options.folder);
  const files = new Map<string, string>();
  const splits: Split[] = [];
  let vocabulary = options.vocabulary ?? null;
  for (const { purpose, split, total, groups, resize } of counted) {
    const loaded = await source.load({
      purpose,
      parts: split.names,
      indices: selectSamples(data.name, split, total, groups),
      resize,
    });
    for (const [name, digest] of loaded.files) files.set(name, digest);
    const { content, labels, targets } = loaded;
    const words = wordsOfSplit(split);
    // The first split is `train`, on which words are counted.
    if (content.kind === "texts" && words !== null) vocabulary ??= countVocabulary(content.texts, words);
    const address = `${data.name}.${purpose.split}`;
    const samples = prepare(content, { data, split: purpose.split, vocabulary, memoryLimit });
    splits.push({ name: purpose.split, size: samples.size, labels, targets, address, samples });
  }
  const find = (name: SplitName) => splits.find((split) => split.name === name) ?? null;
  return {
    train: splits[0] as Split,
    val: find("val"),
    test: find("test"),
    vocabulary,
    digest: filesDigest(files),
    close: async () => {
      for (const split of splits) split.samples.release();
    },
  };
}

/**
 * Samples in each split, from the headers of files or the listing of folders alone. Throws as `openDataset` does for
 * what these show: L0304, L0305, L0306 (classes), L0307, L0308, L0316.
 */
export async function datasetSizes(
  program: DataProgram,
  options: Pick<DatasetOptions, "folder" | "fold">,
): Promise<DatasetSizes> {
  const data = requireReadable(program);
  const source = sourceOf(data, options, MEMORY_LIMIT);
  const sizes = { train: 0, val: null as number | null, test: null as number | null };
  for (const counted of await countSplits(source, data, options.folder))
    sizes[counted.purpose.split] = sizeOf(data, counted);
  return sizes;
}

function sourceOf(
  data: ReadableData,
  { folder, fold }: Pick<DatasetOptions, "folder" | "fold">,
  memoryLimit: number,
): Source {
  const source = openSource({ data, folder, memoryLimit });
  const { folds, name } = data;
  return folds === undefined ? source : new FoldedSource(source, { folds, fold: fold ?? 1, name });
}

function sizeOf(data: ReadableData, { split, total, groups }: Omit<CountedSplit, "purpose">): number {
  if (groups !== null) return selectSamples(data.name, split, total, groups).length;
  const { start, end } = partRange(total, split.part);
  return end - start;
}

/** The program's splits in the order train, val, test, none of them empty. */
async function countSplits(source: Source, data: ReadableData, folder: string): Promise<CountedSplit[]> {
  const counted: CountedSplit[] = [];
  for (const name of ["train", "val", "test"] as const) {
    const split = data[name];
    if (split === null) continue;
    const purpose = { data: data.name, split: name };
    const resize = holdsImages(data) && resizesImages(purpose, data[name] ?? data.train, data.sample);
    let total = 0;
    for (const part of split.names) total += await source.partSize(part, purpose);
    const groups =
      split.by === undefined ? null : await groupsOfParts(source, split.names, split.by, purpose);
    const found = { split, total, groups, resize };
    if (sizeOf(data, found) === 0) {
      const share = `${formatPercent(split.part[0])} to ${formatPercent(split.part[1])}`;
      throw empty(`${describePurpose(purpose)} has no samples`, folder, [
        `it takes ${share} of ${formatCount(total)} samples`,
        ...(groups === null ? [] : [`groups stay whole: \`by: ${split.by}\` makes ${new Set(groups).size}`]),
      ]);
    }
    counted.push({ purpose, ...found });
  }
  return counted;
}

async function groupsOfParts(
  source: Source,
  parts: readonly string[],
  field: string,
  purpose: Purpose,
): Promise<string[]> {
  const groups: string[] = [];
  for (const part of parts)
    for (const group of await groupsOf(source, part, field, purpose)) groups.push(group);
  return groups;
}

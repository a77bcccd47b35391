import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { ImageSamples } from "../../src/data/image_samples.js";
import type { ImageStore } from "../../src/data/images.js";
import type { Split } from "../../src/data/index.js";
import { type Diagnostic, LeracError } from "../../src/diagnostics/index.js";
import type { Batch } from "../../src/engine/executor.js";
import type { DataProgram, SplitProgram, TransformProgram } from "../../src/program/types.js";

const made: string[] = [];

afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** An empty folder that is gone when the test file has run. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "lerac-data-"));
  made.push(folder);
  return folder;
}

export function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [i, value] of values.entries()) bytes.writeUInt32BE(value, 4 * i);
  return bytes;
}

/** An IDX file of images whose pixel p of image i is `pixel(i, p)`. */
export function idxImages(
  count: number,
  height: number,
  width: number,
  pixel: (i: number, p: number) => number,
): Buffer {
  const pixels = Buffer.alloc(count * height * width);
  for (let i = 0; i < count; i++)
    for (let p = 0; p < height * width; p++) pixels[i * height * width + p] = pixel(i, p);
  return Buffer.concat([words(2051, count, height, width), pixels]);
}

export function idxLabels(labels: readonly number[]): Buffer {
  return Buffer.concat([words(2049, labels.length), Buffer.from(labels)]);
}

export function writeFiles(folder: string, files: Readonly<Record<string, Uint8Array>>): string {
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  return folder;
}

/** A folder with train images in which image i is filled with the value i, and labels i mod 3. */
export function numberedImages(count: number, height = 2, width = 3): string {
  return writeFiles(temporaryFolder(), {
    "train-images-idx3-ubyte": idxImages(count, height, width, (i) => i),
    "train-labels-idx1-ubyte": idxLabels(Array.from({ length: count }, (_, i) => i % 3)),
  });
}

export function splitOf(name: string, options: Partial<SplitProgram> = {}): SplitProgram {
  return { names: [name], part: [0, 1], shuffle: null, transforms: [], ...options };
}

export function dataOf(options: Partial<DataProgram> = {}): DataProgram {
  return {
    name: "fashion",
    source: { kind: "idx", path: "data" },
    sample: { kind: "image", height: 2, width: 3, channels: 1 },
    classes: 3,
    classNames: null,
    train: splitOf("train"),
    val: null,
    test: null,
    scale: null,
    ...options,
  };
}

export function withTransforms(...transforms: TransformProgram[]): SplitProgram {
  return splitOf("train", { transforms });
}

/** The raw pixels of a split of images. */
export function imagesOf(split: Split | null): ImageStore {
  if (!(split?.samples instanceof ImageSamples)) throw new Error("the split holds no images");
  return split.samples.images;
}

/** The one diagnostic a promise is rejected with. */
export async function problemOf(promise: Promise<unknown>): Promise<Diagnostic & { exitCode: number }> {
  const outcome = await promise.then(
    () => new Error("it did not fail"),
    (error: unknown) => error,
  );
  if (!(outcome instanceof LeracError) || outcome.diagnostics[0] === undefined) throw outcome;
  return { ...outcome.diagnostics[0], exitCode: outcome.exitCode };
}

export function placeOf(problem: Diagnostic): string {
  return problem.at !== null && "place" in problem.at ? problem.at.place : "";
}

export async function collect<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
}

/** The values of the input `image`, one array a sample. */
export function samplesOf(batch: Batch): number[][] {
  const input = batch.inputs.get("image");
  if (input === undefined) throw new Error("the batch has no input `image`");
  const length = input.values.length / batch.size;
  return Array.from({ length: batch.size }, (_, i) => [...input.values.slice(i * length, (i + 1) * length)]);
}

/** Back from the default scale (raw / 255) to raw values. */
export function rawSamplesOf(batch: Batch): number[][] {
  return samplesOf(batch).map((sample) => sample.map((value) => Math.round(value * 255)));
}

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync, inflateRawSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import {
  type Dataset,
  datasetSizes,
  evaluationBatches,
  openDataset,
  trainBatches,
} from "../../src/data/index.js";
import {
  collect,
  dataOf,
  idxImages,
  idxLabels,
  imagesOf,
  samplesOf,
  splitOf,
  temporaryFolder,
  words,
  writeFiles,
} from "./fixtures.js";

const folder = fileURLToPath(new URL("../../examples/data/fashion-mini", import.meta.url));
const data = dataOf({
  sample: { kind: "image", height: 28, width: 28, channels: 1 },
  classes: 10,
  train: splitOf("train", { part: [0, 0.9], transforms: [{ kind: "shift", pixels: 2 }, { kind: "flip" }] }),
  val: splitOf("train", { part: [0.9, 1] }),
  test: splitOf("test"),
  scale: { kind: "standard", mean: [0.286], std: [0.353] },
});

/**
 * Another reader: cuts the ten bytes of gzip's header (the files have no optional fields) and its trailer of eight off,
 * inflates the rest, and takes what is behind an IDX header of so many bytes.
 */
function contentOf(name: string, headerBytes: number): Buffer {
  const stored = readFileSync(join(folder, name));
  expect(stored.subarray(0, 10)).toEqual(Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255]));
  return inflateRawSync(stored.subarray(10, -8)).subarray(headerBytes);
}

function sum(bytes: Uint8Array): number {
  return bytes.reduce((total, byte) => total + byte, 0);
}

describe("fashion-mini", () => {
  let dataset: Dataset;
  beforeAll(async () => {
    dataset = await openDataset(data, { folder });
  });

  it("has its sizes by header and by content", async () => {
    expect(await datasetSizes(data, { folder })).toEqual({ train: 9000, val: 1000, test: 2000 });
    expect([dataset.train.size, dataset.val?.size, dataset.test?.size]).toEqual([9000, 1000, 2000]);
    expect(dataset.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it("has its classes balanced and mixed", async () => {
    const whole = await openDataset({ ...data, train: splitOf("train"), val: null }, { folder });
    for (const [split, each] of [
      [whole.train, 1000],
      [whole.test, 200],
    ] as const) {
      const counts = new Array(10).fill(0);
      for (const label of split?.labels ?? []) counts[label]++;
      expect(counts).toEqual(new Array(10).fill(each));
      // Neighbours of mixed classes are of one class one time in ten; of sorted ones nearly always.
      const labels = [...(split?.labels ?? [])];
      const alike = labels.filter((label, i) => label === labels[i + 1]).length / labels.length;
      expect(alike).toBeLessThan(0.2);
    }
  });

  it("is read as another reader reads it", async () => {
    const trainPixels = contentOf("train-images-idx3-ubyte.gz", 16);
    const trainLabels = contentOf("train-labels-idx1-ubyte.gz", 8);
    const testPixels = contentOf("t10k-images-idx3-ubyte.gz", 16);
    const all = (size: number) => Array.from({ length: size }, (_, i) => i);
    expect(
      Buffer.compare(await imagesOf(dataset.train).read(all(9000)), trainPixels.subarray(0, 9000 * 784)),
    ).toBe(0);
    expect([...dataset.train.labels]).toEqual([...trainLabels.subarray(0, 9000)]);
    const val = await imagesOf(dataset.val).read(all(1000));
    expect(sum(val ?? Buffer.alloc(0))).toBe(sum(trainPixels.subarray(9000 * 784)));
    expect([...(dataset.val?.labels ?? [])]).toEqual([...trainLabels.subarray(9000)]);
    const test = await imagesOf(dataset.test).read(all(2000));
    expect(sum(test ?? Buffer.alloc(0))).toBe(sum(testPixels));
    expect(sum(trainPixels)).toBe(573_133_949);
    expect(sum(testPixels)).toBe(114_072_606);
  });

  it("comes in batches scaled as the program says", async () => {
    if (dataset.test === null) throw new Error("no test split");
    const raw = contentOf("t10k-images-idx3-ubyte.gz", 16);
    const batches = await collect(evaluationBatches(dataset.test, 256, { input: "image" }));
    expect(batches.map((batch) => batch.size)).toEqual([...new Array(7).fill(256), 208]);
    const values = batches.flatMap((batch) => samplesOf(batch).flat());
    expect(values).toHaveLength(raw.length);
    const wrong = values.findIndex(
      (value, i) => value !== Math.fround(((raw[i] as number) / 255 - 0.286) / 0.353),
    );
    expect(wrong).toBe(-1);
  });

  it("trains on the same batches whoever asks first", async () => {
    const options = { batch: 64, lastBatch: "keep", seed: 5, epoch: 2, input: "image" } as const;
    const digestOf = async (split: Dataset["train"]) => {
      const hash = createHash("sha256");
      for await (const batch of trainBatches(split, options)) {
        hash.update(batch.inputs.get("image")?.values ?? "").update(batch.labels);
      }
      return hash.digest("hex");
    };
    const again = await openDataset(data, { folder });
    expect(await digestOf(again.train)).toBe(await digestOf(dataset.train));
    expect(again.digest).toBe(dataset.digest);
  });
});

describe("the script that made fashion-mini", () => {
  it("takes the first samples of each class, in file order", () => {
    // Originals of 1 x 1 pixel: sample i has the class i² mod 10 or, every third, i mod 10, and the value i mod 256.
    const classOf = (i: number) => (i % 3 === 0 ? i % 10 : (i * i) % 10);
    const original = temporaryFolder();
    for (const [part, count] of [
      ["train", 40_000],
      ["t10k", 8000],
    ] as const) {
      const labels = Array.from({ length: count }, (_, i) => classOf(i));
      writeFiles(original, {
        [`${part}-images-idx3-ubyte.gz`]: gzipSync(idxImages(count, 1, 1, (i) => i % 256)),
        [`${part}-labels-idx1-ubyte.gz`]: gzipSync(idxLabels(labels)),
      });
    }
    const output = temporaryFolder();
    const script = fileURLToPath(new URL("../../scripts/make-fashion-mini.mjs", import.meta.url));
    execFileSync(process.execPath, [script, original, output]);
    for (const [part, each] of [
      ["train", 1000],
      ["t10k", 200],
    ] as const) {
      const taken: number[] = [];
      const left = new Array(10).fill(each);
      for (let i = 0; taken.length < 10 * each; i++) if (left[classOf(i)]-- > 0) taken.push(i);
      const read = (name: string) => gunzipSync(readFileSync(join(output, name)));
      expect(read(`${part}-images-idx3-ubyte.gz`)).toEqual(
        Buffer.concat([words(2051, 10 * each, 1, 1), Buffer.from(taken.map((i) => i % 256))]),
      );
      expect(read(`${part}-labels-idx1-ubyte.gz`)).toEqual(idxLabels(taken.map(classOf)));
    }
  });
});

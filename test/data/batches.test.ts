import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RandomSource } from "../../src/base/random.js";
import {
  evaluationBatches,
  openDataset,
  stepsPerEpoch,
  type TrainBatchOptions,
  trainBatches,
} from "../../src/data/index.js";
import {
  collect,
  dataOf,
  idxImages,
  idxLabels,
  imagesOf,
  numberedImages,
  problemOf,
  rawSamplesOf,
  splitOf,
  temporaryFolder,
  withTransforms,
  writeFiles,
} from "./fixtures.js";

const options = { batch: 4, lastBatch: "keep", seed: 1, epoch: 0, input: "image" } as const;

/** 22 images in which image i is filled with i. */
async function plainSplit() {
  return (await openDataset(dataOf(), { folder: numberedImages(22) })).train;
}

/** 22 images of 6 x 6 that no shift or flip leaves the same, with both transforms. */
async function augmentedSplit(memoryLimit?: number) {
  const folder = writeFiles(temporaryFolder(), {
    "train-images-idx3-ubyte": idxImages(22, 6, 6, (i, p) => 1 + ((i * 36 + p * 7) % 255)),
    "train-labels-idx1-ubyte": idxLabels(Array.from({ length: 22 }, (_, i) => i % 3)),
  });
  const data = dataOf({
    sample: { kind: "image", height: 6, width: 6, channels: 1 },
    train: withTransforms({ kind: "shift", pixels: 2 }, { kind: "flip" }),
  });
  const limit = memoryLimit === undefined ? {} : { memoryLimit };
  return (await openDataset(data, { folder, ...limit })).train;
}

async function orderOf(changes: Partial<TrainBatchOptions> = {}): Promise<number[]> {
  const batches = await collect(trainBatches(await plainSplit(), { ...options, ...changes }));
  return batches.flatMap((batch) => rawSamplesOf(batch).map((sample) => sample[0] as number));
}

describe("the number of batches", () => {
  it.each([
    [10, 4, "keep", 3],
    [10, 4, "drop", 2],
    [8, 4, "keep", 2],
    [8, 4, "drop", 2],
    [3, 4, "keep", 1],
    [3, 4, "drop", 0],
  ] as const)("of %i samples by %i, %s, is %i", (samples, batch, lastBatch, steps) => {
    expect(stepsPerEpoch(samples, batch, lastBatch)).toBe(steps);
  });

  it("is what training gets", async () => {
    const split = await plainSplit();
    const sizes = async (lastBatch: "keep" | "drop") =>
      (await collect(trainBatches(split, { ...options, lastBatch }))).map((batch) => batch.size);
    expect(await sizes("keep")).toEqual([4, 4, 4, 4, 4, 2]);
    expect(await sizes("drop")).toEqual([4, 4, 4, 4, 4]);
    const none = collect(trainBatches(split, { ...options, batch: 23, lastBatch: "drop" }));
    expect(await problemOf(none)).toMatchObject({
      code: "L0307",
      message: "`train` has 22 samples: no full batch of 23",
    });
  });
});

describe("training batches", () => {
  it("hold images and labels in the shape the engine takes", async () => {
    const split = await plainSplit();
    for (const batch of await collect(trainBatches(split, options))) {
      const input = batch.inputs.get("image");
      expect([...batch.inputs.keys()]).toEqual(["image"]);
      expect(input?.shape).toEqual([batch.size, 2, 3, 1]);
      expect(input?.values).toHaveLength(batch.size * 6);
      expect(input?.values.byteLength).toBe(input?.values.buffer.byteLength);
      for (const [i, sample] of rawSamplesOf(batch).entries()) {
        expect(new Set(sample).size).toBe(1);
        expect(batch.labels[i]).toBe((sample[0] as number) % 3);
      }
    }
  });

  it("hold every sample once an epoch, in an order of the seed and the epoch", async () => {
    const order = await orderOf();
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 22 }, (_, i) => i));
    const drawn = new RandomSource({ seed: 1, address: "fashion.train", purpose: "order" });
    expect(order).toEqual([...drawn.at(0).permutation(22)]);
    expect(await orderOf()).toEqual(order);
    expect(await orderOf({ batch: 7 })).toEqual(order);
    expect(await orderOf({ epoch: 1 })).toEqual([...drawn.at(1).permutation(22)]);
    expect(await orderOf({ epoch: 1 })).not.toEqual(order);
    expect(await orderOf({ seed: 2 })).not.toEqual(order);
  });

  it("are bit for bit the same when resumed at any batch", async () => {
    const split = await augmentedSplit();
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          batch: fc.integer({ min: 1, max: 25 }),
          lastBatch: fc.constantFrom("keep" as const, "drop" as const),
          seed: fc.integer({ min: 0, max: 5 }),
          epoch: fc.integer({ min: 0, max: 1e6 }),
          share: fc.double({ min: 0, max: 1, noNaN: true }),
        }),
        async ({ share, ...changes }) => {
          const steps = stepsPerEpoch(22, changes.batch, changes.lastBatch);
          fc.pre(steps > 0);
          const from = Math.floor(share * steps);
          const whole = await collect(trainBatches(split, { ...options, ...changes }));
          const rest = await collect(trainBatches(split, { ...options, ...changes, from }));
          expect(whole).toHaveLength(steps);
          expect(rest).toEqual(whole.slice(from));
        },
      ),
      { numRuns: 40 },
    );
  });

  it("augment a sample without regard to the batch it is in, and anew in each epoch", async () => {
    const split = await augmentedSplit();
    const bySample = async (changes: Partial<TrainBatchOptions>) => {
      const batches = await collect(trainBatches(split, { ...options, ...changes }));
      const order = new RandomSource({ seed: 1, address: "fashion.train", purpose: "order" })
        .at(changes.epoch ?? 0)
        .permutation(22);
      return new Map(batches.flatMap(rawSamplesOf).map((sample, i) => [order[i] as number, sample]));
    };
    const four = await bySample({});
    expect(await bySample({ batch: 9 })).toEqual(four);
    const next = await bySample({ epoch: 1 });
    const same = [...four].filter(([i, sample]) => sample.join() === next.get(i)?.join());
    // One of 50 outcomes (25 shifts, 2 flips) comes up again by chance: 0.44 of 22 samples on average.
    expect(same.length).toBeLessThan(5);
  });

  it("apply transforms in their order, each under its own name", async () => {
    const split = await augmentedSplit();
    const [batch] = await collect(trainBatches(split, { ...options, batch: 22, epoch: 3 }));
    if (batch === undefined) throw new Error("no batch");
    const key = { seed: 1, address: "fashion.train" };
    const order = new RandomSource({ ...key, purpose: "order" }).at(3).permutation(22);
    for (const [i, sample] of rawSamplesOf(batch).entries()) {
      const index = order[i] as number;
      const moves = new RandomSource({ ...key, purpose: "shift" }).at(3 * 22 + index);
      const down = moves.below(5) - 2;
      const right = moves.below(5) - 2;
      const flipped = new RandomSource({ ...key, purpose: "flip" }).at(3 * 22 + index).below(2) === 1;
      const expected = Array.from({ length: 36 }, (_, p) => {
        const x = flipped ? 5 - (p % 6) : p % 6;
        const fromY = Math.floor(p / 6) - down;
        const fromX = x - right;
        const inside = fromY >= 0 && fromY < 6 && fromX >= 0 && fromX < 6;
        return inside ? 1 + ((index * 36 + (fromY * 6 + fromX) * 7) % 255) : 0;
      });
      expect(sample).toEqual(expected);
    }
  });

  it("draw two transforms of one kind independently", async () => {
    const folder = numberedImages(200, 1, 9);
    const shift = { kind: "shift", pixels: 1 } as const;
    const data = dataOf({
      sample: { kind: "image", height: 1, width: 9, channels: 1 },
      train: withTransforms({ kind: "shift", pixels: 0 }, shift, shift),
    });
    const split = (await openDataset(data, { folder })).train;
    const [batch] = await collect(trainBatches(split, { ...options, batch: 200 }));
    if (batch === undefined) throw new Error("no batch");
    // Dependent shifts would move by −2, 0 or 2 in all; independent ones also by one pixel, 4 times of 9.
    const blackColumns = rawSamplesOf(batch)
      .filter((sample) => sample.some((value) => value > 0))
      .map((sample) => sample.filter((value) => value === 0).length);
    expect(blackColumns.filter((columns) => columns === 1).length).toBeGreaterThan(10);
  });

  it("do not change what is kept in memory", async () => {
    const split = await augmentedSplit();
    const all = Array.from({ length: 22 }, (_, i) => i);
    const before = await imagesOf(split).read(all);
    await collect(trainBatches(split, options));
    expect(await imagesOf(split).read(all)).toEqual(before);
  });

  it("may be left in the middle", async () => {
    const split = await plainSplit();
    for await (const batch of trainBatches(split, options)) {
      expect(batch.size).toBe(4);
      break;
    }
    imagesOf(split).release();
    await expect(collect(trainBatches(split, options))).rejects.toThrow("closed");
  });
});

describe("evaluation batches", () => {
  it("come in the split's order, without random transforms, the last one smaller", async () => {
    const split = await augmentedSplit();
    const batches = await collect(evaluationBatches(split, 5, { input: "image" }));
    expect(batches.map((batch) => batch.size)).toEqual([5, 5, 5, 5, 2]);
    expect(batches.flatMap((batch) => [...batch.labels])).toEqual([...split.labels]);
    for (const [i, sample] of batches.flatMap(rawSamplesOf).entries())
      expect(sample).toEqual(Array.from({ length: 36 }, (_, p) => 1 + ((i * 36 + p * 7) % 255)));
  });

  it("of val and test see their own part only", async () => {
    const data = dataOf({
      train: splitOf("train", { part: [0, 0.9] }),
      val: splitOf("train", { part: [0.9, 1] }),
    });
    const dataset = await openDataset(data, { folder: numberedImages(20) });
    if (dataset.val === null) throw new Error("no val");
    const [batch] = await collect(evaluationBatches(dataset.val, 64, { input: "image" }));
    if (batch === undefined) throw new Error("no batch");
    expect(rawSamplesOf(batch).map((sample) => sample[0])).toEqual([18, 19]);
  });
});

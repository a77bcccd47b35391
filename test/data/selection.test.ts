import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openDataset } from "../../src/data/index.js";
import { partRange, selectSamples } from "../../src/data/selection.js";
import { dataOf, imagesOf, numberedImages, splitOf } from "./fixtures.js";

describe("the part of a split", () => {
  it.each([
    [60_000, 0, 0.9, 0, 54_000],
    [60_000, 0.9, 1, 54_000, 60_000],
    [5, 0, 0.5, 0, 3],
    [5, 0.5, 1, 3, 5],
    [7, 1 / 3, 2 / 3, 2, 5],
    [3, 0.9, 1, 3, 3],
    // `first: 10%` and `last: 90%`: 1 − 0.9 is a little less than 0.1.
    [5, 0, 0.1, 0, 1],
    [5, 1 - 0.9, 1, 1, 5],
    [0, 0, 1, 0, 0],
  ])("of %i samples from %f to %f is %i to %i", (n, a, b, start, end) => {
    expect(partRange(n, [a, b])).toEqual({ start, end });
  });

  it("never overlaps its neighbour and loses nothing, however the share was computed", () => {
    const size = fc.integer({ min: 0, max: 3_000_000 });
    fc.assert(
      fc.property(size, fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 6 }), (n, cuts) => {
        const shares = [0, ...cuts.sort((a, b) => a - b).map((cut) => cut / 1000), 1];
        let end = 0;
        for (let i = 1; i < shares.length; i++) {
          const upper = shares[i] as number;
          // The lower bound as `last: P` computes it: 1 − P.
          const lower = 1 - (1 - (shares[i - 1] as number));
          const range = partRange(n, [lower, upper]);
          expect(range.start).toBe(end);
          expect(range.end).toBeGreaterThanOrEqual(range.start);
          expect(Math.abs(range.end - upper * n)).toBeLessThanOrEqual(0.5 + 1e-3);
          end = range.end;
        }
        expect(end).toBe(n);
      }),
    );
  });
});

describe("a shuffled split", () => {
  it("shares one order with the other splits of that number", () => {
    const first = selectSamples("fashion", splitOf("train", { part: [0, 0.7], shuffle: 3 }), 50);
    const rest = selectSamples("fashion", splitOf("train", { part: [0.7, 1], shuffle: 3 }), 50);
    expect(first).toHaveLength(35);
    const all = [...first, ...rest];
    expect(all).not.toEqual([...all].sort((a, b) => a - b));
    expect([...all].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect(selectSamples("fashion", splitOf("train", { shuffle: 4 }), 50)).not.toEqual(Uint32Array.from(all));
  });

  it("takes labels and images along", async () => {
    const data = dataOf({
      train: splitOf("train", { part: [0, 0.8], shuffle: 1 }),
      val: splitOf("train", { part: [0.8, 1], shuffle: 1 }),
    });
    const opened = await openDataset(data, { folder: numberedImages(20) });
    const seen: number[] = [];
    for (const split of [opened.train, opened.val]) {
      if (split === null) throw new Error("no val");
      for (let i = 0; i < split.size; i++) {
        const value = (await imagesOf(split).read([i]))[0] as number;
        expect(split.labels[i]).toBe(value % 3);
        seen.push(value);
      }
    }
    expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
  });
});

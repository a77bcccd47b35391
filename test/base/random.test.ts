import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { normalPair } from "../../src/base/normal-pair.js";
import { philox4x32, RandomSource } from "../../src/base/random.js";

const key = { seed: 1, address: "conv1.weight", purpose: "init" };

/** One block, as Random123 prints it. */
function block(counter: readonly number[], key0: number, key1: number): string {
  const out = new Uint32Array(4);
  philox4x32(Uint32Array.from(counter), key0, key1, out);
  return [...out].map((word) => word.toString(16).padStart(8, "0")).join(" ");
}

/** Pearson's statistic of counts that should all be equal. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, n) => sum + n, 0) / counts.length;
  return counts.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
}

describe("Philox4x32-10", () => {
  // The known-answer vectors that its authors publish with Random123 (tests/kat_vectors).
  it.each([
    ["zeros", [0, 0, 0, 0], 0, 0, "6627e8d5 e169c58d bc57ac4c 9b00dbd8"],
    [
      "ones",
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      0xffffffff,
      0xffffffff,
      "408f276d 41c83b0e a20bc7c6 6d5451fd",
    ],
    [
      "digits of pi",
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      0xa4093822,
      0x299f31d0,
      "d16cfe09 94fdcceb 5001e420 24126ea1",
    ],
  ])("gives the published block for %s", (_, counter, key0, key1, expected) => {
    expect(block(counter, key0, key1)).toBe(expected);
  });

  it("leaves its counter alone", () => {
    const counter = new Uint32Array([1, 2, 3, 4]);
    philox4x32(counter, 5, 6, new Uint32Array(4));
    expect([...counter]).toEqual([1, 2, 3, 4]);
  });
});

describe("a random stream", () => {
  const first = (seed: number, address: string, purpose: string, step: number) =>
    new RandomSource({ seed, address, purpose }).at(step).uint32();

  it("is a function of seed, address, purpose and step, and of nothing else", () => {
    const others = [
      first(2, "conv1.weight", "init", 0),
      first(1, "conv2.weight", "init", 0),
      first(1, "conv1.weight", "order", 0),
      first(1, "conv1.weight", "init", 1),
      first(1, "conv1.weight", "init", 2 ** 32),
    ];
    const one = first(1, "conv1.weight", "init", 0);
    expect(first(1, "conv1.weight", "init", 0)).toBe(one);
    expect(new Set([one, ...others]).size).toBe(6);
  });

  it("keeps parts of a key apart that would read the same in a row", () => {
    expect(first(1, "a", "bc", 0)).not.toBe(first(1, "ab", "c", 0));
    expect(first(11, "a", "b", 0)).not.toBe(first(1, "1a", "b", 0));
  });

  it("gives the same numbers whatever was drawn from other streams", () => {
    const source = new RandomSource(key);
    const quiet = source.at(7);
    const alone = Array.from({ length: 9 }, () => quiet.uint32());
    const [a, b] = [source.at(7), source.at(8)];
    const between = alone.map(() => {
      b.normal();
      return a.uint32();
    });
    expect(between).toEqual(alone);
    expect(new Set(alone).size).toBe(9);
  });

  it("gives uniform numbers of [0, 1) with the moments of the uniform distribution", () => {
    const stream = new RandomSource(key).at(0);
    const n = 40_000;
    const values = Array.from({ length: n }, () => stream.uniform());
    const mean = values.reduce((sum, x) => sum + x, 0) / n;
    const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / n;
    // Four standard errors: sqrt(1/12/n) and sqrt(1/180/n).
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(4 * Math.sqrt(1 / 12 / n));
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(4 * Math.sqrt(1 / 180 / n));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
  });

  it("gives standard normal numbers: moments up to the fourth", () => {
    const stream = new RandomSource(key).at(3);
    const n = 40_000;
    const values = Array.from({ length: n }, () => stream.normal());
    const moment = (power: number) => values.reduce((sum, x) => sum + x ** power, 0) / n;
    // Their variances over n are 1, 2, 15 and 96.
    expect(Math.abs(moment(1))).toBeLessThan(4 * Math.sqrt(1 / n));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
    expect(Math.abs(moment(3))).toBeLessThan(4 * Math.sqrt(15 / n));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(4 * Math.sqrt(96 / n));
  });

  it("gives whole numbers below n without bias, also where n does not divide 2^32", () => {
    const stream = new RandomSource(key).at(5);
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < 14_000; i++) {
      const drawn = stream.below(7);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    // 6 degrees of freedom, p = 0.001.
    expect(chiSquare(counts)).toBeLessThan(22.46);
    // Without rejection a third of all words would be folded onto the lower half of this range.
    const n = 3 * 2 ** 30;
    const low = Array.from({ length: 6000 }, () => stream.below(n)).filter((x) => x < n / 2).length;
    expect(Math.abs(low - 3000)).toBeLessThan(4 * Math.sqrt(1500));
    expect(stream.below(1)).toBe(0);
  });
});

describe("a permutation", () => {
  it("has every number once", () => {
    const order = new RandomSource(key).at(0).permutation(1000);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
    expect([...new RandomSource(key).at(0).permutation(0)]).toEqual([]);
    expect([...new RandomSource(key).at(0).permutation(1)]).toEqual([0]);
  });

  it("is uniform over all 24 orders of four", () => {
    const source = new RandomSource(key);
    const counts = new Map<string, number>();
    for (let epoch = 0; epoch < 24_000; epoch++) {
      const order = source.at(epoch).permutation(4).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    // 23 degrees of freedom, p = 0.001.
    expect(chiSquare([...counts.values()])).toBeLessThan(49.73);
  });

  it("puts every number equally often in every place, and does not keep neighbours together", () => {
    const source = new RandomSource(key);
    const n = 10;
    const epochs = 5000;
    const places = new Array<number>(n * n).fill(0);
    let neighbours = 0;
    for (let epoch = 0; epoch < epochs; epoch++) {
      const order = source.at(epoch).permutation(n);
      for (const [place, number] of order.entries()) {
        places[place * n + number] = (places[place * n + number] ?? 0) + 1;
        if (number + 1 === order[place + 1]) neighbours++;
      }
    }
    // 81 free cells, p = 0.001; a pair i, i + 1 stays together with probability 1/n, and there are n - 1.
    expect(chiSquare(places)).toBeLessThan(126.1);
    expect(Math.abs(neighbours / epochs - (n - 1) / n)).toBeLessThan(0.06);
  });
});

describe("a pair of normal numbers", () => {
  const edges = [
    0,
    1,
    2,
    2 ** 29 - 1,
    2 ** 29,
    2 ** 30,
    3 * 2 ** 29,
    2 ** 31 - 1,
    2 ** 31,
    2 ** 32 - 2,
    2 ** 32 - 1,
  ];
  const stream = new RandomSource(key).at(9);
  const words = [...edges, ...Array.from({ length: 300 }, () => stream.uint32())];

  it("is that of Box and Muller's formula, within 1e-11 of the radius", () => {
    const out = new Float64Array(2);
    for (const first of words)
      for (const second of words) {
        normalPair(first, second, 1, out, 0);
        const radius = Math.sqrt(-2 * Math.log((first + 1) / 2 ** 32));
        const angle = (2 * Math.PI * second) / 2 ** 32;
        // Where the radius is 0 both numbers are.
        expect(Math.abs((out[0] as number) - radius * Math.cos(angle))).toBeLessThanOrEqual(1e-11 * radius);
        expect(Math.abs((out[1] as number) - radius * Math.sin(angle))).toBeLessThanOrEqual(1e-11 * radius);
      }
  });

  it("is the same to the last bit wherever it is made", () => {
    const numbers = new Float32Array(100_000);
    new RandomSource(key).at(0).fillNormal(numbers, 0.05);
    const digest = createHash("sha256").update(new Uint8Array(numbers.buffer)).digest("hex");
    expect(digest).toBe("9fd0d2003ed99477f1468bc369774c4ae8813618130fc281747109843b6fa34b");
  });
});

describe("uniform numbers around 0", () => {
  it("are as often in every twentieth, and never beyond the limit", () => {
    const stream = new RandomSource(key).at(4);
    stream.uint32();
    const values = new Float32Array(20_003);
    stream.fillUniform(values, 0.25);
    const counts = new Array<number>(20).fill(0);
    for (const value of values) {
      expect(Math.abs(value)).toBeLessThanOrEqual(0.25);
      const bin = Math.min(19, Math.floor((value + 0.25) * 40));
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    // 19 degrees of freedom, p = 0.001.
    expect(chiSquare(counts)).toBeLessThan(43.82);
  });

  it.each([0, 1, 3, 4, 1001])("come from a word each: %i of them", (count) => {
    const [one, many] = [0, 0].map(() => new RandomSource(key).at(6));
    expect(one?.uint32()).toBe(many?.uint32());
    const values = new Float32Array(count);
    many?.fillUniform(values, 2 ** 31);
    expect(values).toEqual(Float32Array.from({ length: count }, () => ((one?.uint32() ?? 0) | 0) + 0.5));
    expect(many?.uint32()).toBe(one?.uint32());
  });
});

describe("normal numbers, many at a time", () => {
  it.each([
    [0, 0],
    [1, 0],
    [7, 0],
    [1000, 0],
    [9, 1],
    [8, 3],
  ])("are those that come one by one: %i of them after %i words", (count, words) => {
    const [one, many] = [0, 0].map(() => new RandomSource(key).at(5));
    for (let i = 0; i < words; i++) expect(one?.uint32()).toBe(many?.uint32());
    const expected = Float32Array.from({ length: count }, () => (one?.normal() ?? 0) * 0.3);
    const filled = new Float32Array(count);
    many?.fillNormal(filled, 0.3);
    expect(filled).toEqual(expected);
    // The second of a pair that is not used up comes next.
    expect(many?.normal()).toBe(one?.normal());
    expect(many?.uint32()).toBe(one?.uint32());
  });
});

import { describe, expect, it } from "vitest";
import { DropoutMasks } from "../../src/engine/masks.js";

const zeros = (mask: Float32Array) => mask.filter((value) => value === 0).length;

describe("dropout masks", () => {
  it.each([0.1, 0.3, 0.5, 0.9])("hold zeros at rate %d and 1 / (1 − rate) elsewhere", (rate) => {
    const size = 40_001;
    const mask = new DropoutMasks(1, "dropout").at(3, rate, size);
    const deviations = (zeros(mask) - rate * size) / Math.sqrt(size * rate * (1 - rate));
    expect(Math.abs(deviations)).toBeLessThan(3.5);
    const others = new Set(mask.filter((value) => value !== 0));
    expect(others.size).toBe(1);
    // The rate is rounded to 1/65536.
    expect(Math.abs(([...others][0] as number) * (1 - rate) - 1)).toBeLessThan(2 ** -16 / (1 - rate));
  });

  it("are the same for the same key and unrelated for any other", () => {
    const size = 20_000;
    const mask = new DropoutMasks(1, "a").at(0, 0.5, size);
    expect(new DropoutMasks(1, "a").at(0, 0.5, size)).toEqual(mask);
    const others = [
      new DropoutMasks(2, "a").at(0, 0.5, size),
      new DropoutMasks(1, "b").at(0, 0.5, size),
      new DropoutMasks(1, "a").at(1, 0.5, size),
    ];
    for (const other of others) {
      const agreements = mask.filter((value, i) => value === other[i]).length;
      expect(Math.abs(agreements - size / 2) / Math.sqrt(size / 4)).toBeLessThan(3.5);
    }
  });

  it("have no correlation between neighbours or between the halves of a word", () => {
    const size = 20_000;
    const mask = new DropoutMasks(5, "a").at(7, 0.5, size);
    for (const lag of [1, 2, 3, 4, 8, 64, size / 2]) {
      let agreements = 0;
      for (let i = 0; i + lag < size; i++) agreements += mask[i] === mask[i + lag] ? 1 : 0;
      const pairs = size - lag;
      expect(Math.abs(agreements - pairs / 2) / Math.sqrt(pairs / 4), `lag ${lag}`).toBeLessThan(3.5);
    }
  });

  it("take the bits as documented: two decisions a word, low half first", () => {
    // A mask of one more element has the same words; its first ⌈n/2⌉ elements use the low halves.
    const masks = new DropoutMasks(9, "a");
    expect(masks.at(0, 0.5, 10).subarray(0, 5)).toEqual(masks.at(0, 0.5, 9).subarray(0, 5));
    expect(masks.at(0, 0.5, 10).subarray(5, 9)).toEqual(masks.at(0, 0.5, 9).subarray(5, 9));
  });

  it("keep everything at rate 0, and stay finite just below 1", () => {
    const masks = new DropoutMasks(1, "a");
    expect(new Set(masks.at(0, 0, 100))).toEqual(new Set([1]));
    expect(masks.at(0, 1 - 1e-9, 1000).every(Number.isFinite)).toBe(true);
  });
});

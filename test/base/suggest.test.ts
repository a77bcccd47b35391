import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { editDistance, suggest } from "../../src/base/suggest.js";

describe("edit distance", () => {
  it.each([
    ["", "", 0],
    ["abc", "", 3],
    ["kitten", "sitting", 3],
    ["batch_nrom", "batch_norm", 1],
    ["ca", "abc", 3],
    ["Conv2D", "conv2d", 0],
  ])("%s to %s: %d", (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
  });

  it("is a distance as far as swaps allow: symmetric, zero only for equals, at most the longer length", () => {
    const word = fc.string({ maxLength: 12, unit: fc.constantFrom("a", "b", "c", "_") });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const distance = editDistance(a, b);
        expect(distance).toBe(editDistance(b, a));
        expect(distance === 0).toBe(a === b);
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
      }),
      { seed: 1 },
    );
  });
});

describe("did you mean", () => {
  const operators = [
    "conv1d",
    "conv2d",
    "conv3d",
    "dense",
    "batch_norm",
    "layer_norm",
    "relu",
    "gelu",
    "elu",
  ];

  it("names what is near, nearest first", () => {
    expect(suggest("batch_nrom", operators)).toEqual(["batch_norm"]);
    expect(suggest("con2d", operators)).toEqual(["conv2d"]);
    expect(suggest("conv2", operators)).toEqual(["conv2d"]);
    expect(suggest("Dense", operators)).toEqual(["dense"]);
  });

  it("is silent rather than far-fetched", () => {
    expect(suggest("transformer", operators)).toEqual([]);
    expect(suggest("x", operators)).toEqual([]);
    expect(suggest("", operators)).toEqual([]);
  });

  it("names at most three, each once, in an order that does not depend on the table's", () => {
    const many = ["aab", "aac", "aad", "aae", "aab"];
    expect(suggest("aaa", many)).toEqual(["aab", "aac", "aad"]);
    expect(suggest("aaa", [...many].reverse())).toEqual(["aab", "aac", "aad"]);
  });
});

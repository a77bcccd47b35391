import { RandomSource } from "../base/random.js";
import type { SplitProgram } from "../program/types.js";

/**
 * The samples of a part [a, b) of n: round(a · n) up to, not including, round(b · n). Parts that touch therefore
 * never overlap and nothing between them is lost. Shares count in steps of 1e-9, because a share may have been computed
 * as 1 − 0.9, which in floating point is not 0.1.
 */
export function partRange(n: number, part: readonly [number, number]): { start: number; end: number } {
  const boundary = (share: number) => Math.round((Math.round(share * 1e9) / 1e9) * n);
  return { start: boundary(part[0]), end: boundary(part[1]) };
}

/**
 * Which of the `total` samples of its parts a split takes, in the split's own order. `shuffle` draws an order that
 * depends on the data set's name and the number alone, so splits with the same `shuffle` cut one and the same order.
 */
export function selectSamples(dataName: string, split: SplitProgram, total: number): Uint32Array {
  const { start, end } = partRange(total, split.part);
  if (split.shuffle === null) return Uint32Array.from({ length: end - start }, (_, i) => start + i);
  const source = new RandomSource({ seed: split.shuffle, address: dataName, purpose: "split" });
  return source.at(0).permutation(total).slice(start, end);
}

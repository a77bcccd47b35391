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
 *
 * @param groups the group of each sample, where the cut is to keep groups together
 */
export function selectSamples(
  dataName: string,
  split: SplitProgram,
  total: number,
  groups: readonly string[] | null = null,
): Uint32Array {
  if (groups !== null) return selectGroups(dataName, split, groups);
  const { start, end } = partRange(total, split.part);
  if (split.shuffle === null) return Uint32Array.from({ length: end - start }, (_, i) => start + i);
  const source = new RandomSource({ seed: split.shuffle, address: dataName, purpose: "split" });
  return source.at(0).permutation(total).slice(start, end);
}

/**
 * The same where groups stay whole: they come in the order of their first samples, or in a drawn one, each with its
 * samples in theirs. A part begins and ends between the two groups where its share is best met, so parts that touch
 * still never overlap and leave nothing out.
 */
function selectGroups(dataName: string, split: SplitProgram, groups: readonly string[]): Uint32Array {
  const members = new Map<string, number[]>();
  for (const [sample, group] of groups.entries()) {
    const known = members.get(group);
    if (known === undefined) members.set(group, [sample]);
    else known.push(sample);
  }
  const found = [...members.values()];
  const source = new RandomSource({ seed: split.shuffle ?? 0, address: dataName, purpose: "split" });
  const order = split.shuffle === null ? found.keys() : source.at(0).permutation(found.length);
  const ordered: number[] = [];
  const borders = [0];
  for (const at of order) {
    for (const sample of found[at] as number[]) ordered.push(sample);
    borders.push(ordered.length);
  }
  const { start, end } = partRange(groups.length, split.part);
  const nearest = (place: number) =>
    borders.reduce((best, border) => (Math.abs(border - place) < Math.abs(best - place) ? border : best), 0);
  return Uint32Array.from(ordered.slice(nearest(start), nearest(end)));
}

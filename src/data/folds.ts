import { invariant } from "../base/invariant.js";
import { RandomSource } from "../base/random.js";
import type { FoldsProgram } from "../program/types.js";
import type { Purpose } from "./problems.js";
import type { LoadedSamples, LoadRequest, Source } from "./sources/source.js";

/** The part of a source that is divided into folds. */
const whole = "all";

/** A source seen from one of its folds. */
export interface FoldOptions {
  readonly folds: FoldsProgram;
  /** From 1. */
  readonly fold: number;
  /** Name of the data set: the order in which folds are dealt out depends on it and the number of `shuffle` alone. */
  readonly name: string;
}

/** The source whose part `test` is the fold and whose part `train` is all others, each in the source's order. */
export class FoldedSource implements Source {
  readonly #source: Source;
  readonly #options: FoldOptions;
  #folds: Promise<readonly number[]> | null = null;

  constructor(source: Source, options: FoldOptions) {
    this.#source = source;
    this.#options = options;
  }

  async partSize(part: string, purpose: Purpose): Promise<number> {
    return (await this.#samplesOf(part, purpose)).length;
  }

  async partGroups(part: string, field: string, purpose: Purpose): Promise<readonly string[]> {
    const groups = await groupsOf(this.#source, whole, field, purpose);
    return (await this.#samplesOf(part, purpose)).map((sample) => groups[sample] as string);
  }

  async load(request: LoadRequest): Promise<LoadedSamples> {
    const samples: number[] = [];
    for (const part of request.parts)
      for (const sample of await this.#samplesOf(part, request.purpose)) samples.push(sample);
    const indices = request.indices.map((index) => samples[index] as number);
    return this.#source.load({ ...request, parts: [whole], indices });
  }

  async #samplesOf(part: string, purpose: Purpose): Promise<number[]> {
    this.#folds ??= this.#deal(purpose);
    const { fold } = this.#options;
    const inside = part === "test";
    return (await this.#folds).flatMap((of, sample) => ((of === fold) === inside ? [sample] : []));
  }

  /** The fold of each sample. */
  async #deal(purpose: Purpose): Promise<readonly number[]> {
    const { folds, name } = this.#options;
    if (folds.kind === "own") {
      const own = await this.#source.partFolds?.(whole, purpose);
      invariant(own !== undefined, `a source without folds of its own was to have ${folds.count}`);
      return own;
    }
    const groups =
      folds.by === null
        ? Array.from({ length: await this.#source.partSize(whole, purpose) }, (_, sample) => `${sample}`)
        : await groupsOf(this.#source, whole, folds.by, purpose);
    return dealt(
      groups,
      folds.count,
      new RandomSource({ seed: folds.shuffle, address: name, purpose: "folds" }),
    );
  }
}

/**
 * Deals groups of samples into folds, in an order drawn from `random`: each goes to the fold that has the fewest samples
 * so far, the first of several.
 *
 * @param groups the group of each sample
 * @returns the fold of each sample, from 1
 */
export function dealt(groups: readonly string[], count: number, random: RandomSource): number[] {
  const sizes = new Map<string, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const names = [...sizes.keys()];
  const filled = new Array<number>(count).fill(0);
  const folds = new Map<string, number>();
  for (const at of random.at(0).permutation(names.length)) {
    const group = names[at] as string;
    const fold = filled.indexOf(Math.min(...filled));
    filled[fold] = (filled[fold] as number) + (sizes.get(group) as number);
    folds.set(group, fold + 1);
  }
  return groups.map((group) => folds.get(group) as number);
}

/** The group of each sample of a part. The checker lets no spec ask a source for what it has not. */
export async function groupsOf(
  source: Source,
  part: string,
  field: string,
  purpose: Purpose,
): Promise<readonly string[]> {
  const groups = await source.partGroups?.(part, field, purpose);
  invariant(groups !== undefined, `samples were to be grouped by ${field} where the source has no groups`);
  return groups;
}

import { createHash } from "node:crypto";
import { normalPair } from "./normal-pair.js";

/**
 * Random numbers without state: every number is a function of (seed, address, purpose, step, position), so weights,
 * data order and augmentation do not depend on the order in which anything else draws, and a resumed run continues
 * bit for bit. The generator is Philox4x32-10 (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as
 * 1, 2, 3", SC 2011).
 */
export interface RandomKey {
  readonly seed: number;
  /** What draws: the address of a layer or tensor, or the name of a split. */
  readonly address: string;
  /** What for: "init", "order", "flip", … */
  readonly purpose: string;
}

const PHILOX_M0 = 0xd2511f53;
const PHILOX_M1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;

/**
 * High 32 bits of the 64-bit product of two 32-bit unsigned integers, as a signed one: whole numbers that never leave
 * 32 bits are what JavaScript computes fastest.
 */
function multiplyHigh(a: number, b: number): number {
  const aHigh = a >>> 16;
  const aLow = a & 0xffff;
  const bHigh = b >>> 16;
  const bLow = b & 0xffff;
  // Both sums stay below 2^32, so a shift divides them.
  const middle = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) | 0;
  const middle2 = (Math.imul(aLow, bHigh) + (middle & 0xffff)) | 0;
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (middle2 >>> 16)) | 0;
}

/** A real number in [0, 1) from the upper 27 and 26 bits of two words. */
function real(high: number, low: number): number {
  return ((high >>> 5) * 0x4000000 + (low >>> 6)) / 2 ** 53;
}

/** One Philox4x32-10 block: 128 random bits of a 128-bit counter under a 64-bit key. Writes into `out`. */
export function philox4x32(counter: Uint32Array, key0: number, key1: number, out: Uint32Array): void {
  let c0 = (counter[0] as number) | 0;
  let c1 = (counter[1] as number) | 0;
  let c2 = (counter[2] as number) | 0;
  let c3 = (counter[3] as number) | 0;
  let k0 = key0 | 0;
  let k1 = key1 | 0;
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(PHILOX_M0, c0);
    const low0 = Math.imul(PHILOX_M0, c0);
    const high1 = multiplyHigh(PHILOX_M1, c2);
    const low1 = Math.imul(PHILOX_M1, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + WEYL_0) | 0;
    k1 = (k1 + WEYL_1) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/** All streams of one key: hash the key once, then open a stream for each step. */
export class RandomSource {
  readonly #key0: number;
  readonly #key1: number;

  constructor(key: RandomKey) {
    const digest = createHash("sha256").update(`${key.seed}\0${key.address}\0${key.purpose}`).digest();
    this.#key0 = digest.readUInt32LE(0);
    this.#key1 = digest.readUInt32LE(4);
  }

  /** The stream of one step (epoch, sample, …): whole, 0 to 2^53. */
  at(step: number): RandomStream {
    return new RandomStream(this.#key0, this.#key1, step);
  }
}

/** Numbers of one (key, step), drawn in order. Cheap to make: no allocation beyond two small arrays. */
export class RandomStream {
  readonly #key0: number;
  readonly #key1: number;
  readonly #counter: Uint32Array;
  readonly #block = new Uint32Array(4);
  readonly #pair = new Float64Array(2);
  #used = 4;
  #spareNormal: number | null = null;

  constructor(key0: number, key1: number, step: number) {
    this.#key0 = key0;
    this.#key1 = key1;
    this.#counter = new Uint32Array([0, 0, step >>> 0, Math.floor(step / 2 ** 32)]);
  }

  /** Uniform whole number in [0, 2^32). */
  uint32(): number {
    if (this.#used === 4) {
      this.#refill();
      this.#used = 0;
    }
    return this.#block[this.#used++] as number;
  }

  /** Uniform real number in [0, 1) with 53 random bits. */
  uniform(): number {
    const high = this.uint32();
    return real(high, this.uint32());
  }

  /** Standard normal number: two from each two words, see `normalPair`; none lies beyond 6.7. */
  normal(): number {
    if (this.#spareNormal !== null) {
      const spare = this.#spareNormal;
      this.#spareNormal = null;
      return spare;
    }
    const word = this.uint32();
    normalPair(word, this.uint32(), 1, this.#pair, 0);
    this.#spareNormal = this.#pair[1] as number;
    return this.#pair[0] as number;
  }

  /** Fills an array with `normal() * scale`: the same numbers, several times as fast as one by one. */
  fillNormal(values: Float32Array, scale: number): void {
    let i = 0;
    // A block of four words makes four numbers: first what is left of one, then whole blocks.
    while (i < values.length && (this.#used < 4 || this.#spareNormal !== null))
      values[i++] = this.normal() * scale;
    const block = this.#block;
    for (; i + 3 < values.length; i += 4) {
      this.#refill();
      normalPair(block[0] as number, block[1] as number, scale, values, i);
      normalPair(block[2] as number, block[3] as number, scale, values, i + 2);
    }
    while (i < values.length) values[i++] = this.normal() * scale;
  }

  /**
   * Fills an array with uniform numbers between −limit and limit, from a word of 32 bits each: more than a number of
   * single precision keeps.
   */
  fillUniform(values: Float32Array, limit: number): void {
    const block = this.#block;
    const scale = limit / 2 ** 31;
    let i = 0;
    while (i < values.length && this.#used < 4) values[i++] = ((this.uint32() | 0) + 0.5) * scale;
    for (; i + 3 < values.length; i += 4) {
      this.#refill();
      for (let j = 0; j < 4; j++) values[i + j] = (((block[j] as number) | 0) + 0.5) * scale;
    }
    while (i < values.length) values[i++] = ((this.uint32() | 0) + 0.5) * scale;
  }

  /** The next block of the counter. */
  #refill(): void {
    philox4x32(this.#counter, this.#key0, this.#key1, this.#block);
    const low = ((this.#counter[0] as number) + 1) >>> 0;
    this.#counter[0] = low;
    if (low === 0) this.#counter[1] = ((this.#counter[1] as number) + 1) >>> 0;
  }

  /** Uniform whole number in [0, n), without bias; n from 1 to 2^32. */
  below(n: number): number {
    const limit = 2 ** 32 - (2 ** 32 % n);
    let word = this.uint32();
    while (word >= limit) word = this.uint32();
    return word % n;
  }

  /** A uniformly random order of 0 … n − 1 (Fisher and Yates). */
  permutation(n: number): Uint32Array {
    const order = Uint32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const other = order[j] as number;
      order[j] = order[i] as number;
      order[i] = other;
    }
    return order;
  }
}

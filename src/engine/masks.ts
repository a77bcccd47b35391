import { createHash } from "node:crypto";
import { hashBits, stepKey } from "../base/hash-bits.js";

/** Decisions have 16 bits: two to each random word. */
const resolution = 65536;

/** A mask's element is 0 where its 16 bits are below the threshold, else the scale. */
export interface MaskLevel {
  readonly threshold: number;
  readonly scale: number;
}

/** The probability of a zero rounded to 1/65536, and what keeps the mean: 1 / (1 − rate). */
export function maskLevel(rate: number): MaskLevel {
  const threshold = Math.min(resolution - 1, Math.round(rate * resolution));
  return { threshold, scale: resolution / (resolution - threshold) };
}

/** The two words that the masks of a layer depend on beside the step. */
export function maskKey(seed: number, address: string): readonly [number, number] {
  const digest = createHash("sha256").update(`${seed}\0${address}\0dropout`).digest();
  return [digest.readUInt32LE(0), digest.readUInt32LE(4)];
}

/**
 * One mask, from the key of its layer at its step. Element e takes word e mod ⌈size/2⌉, the low half first.
 *
 * @param size number of elements
 */
export function maskValues(
  [key0, key1]: readonly [number, number],
  { threshold, scale }: MaskLevel,
  size: number,
): Float32Array {
  const mask = new Float32Array(size);
  const words = Math.ceil(size / 2);
  for (let element = 0; element < words; element++) {
    const bits = hashBits(element, key0, key1);
    if ((bits & 0xffff) >= threshold) mask[element] = scale;
    // Of an odd size the last high half is not used: the store falls outside and does nothing.
    if (bits >>> 16 >= threshold) mask[element + words] = scale;
  }
  return mask;
}

/**
 * Dropout masks of one layer (Srivastava et al. 2014, scaled in training): 0 with probability `rate`, else
 * 1 / (1 − rate), both with the rate rounded to 1/65536. A mask is a function of (seed, address, step, size) alone, so
 * a resumed run draws the same, and so does a compiled step, which makes it of the same whole numbers.
 */
export class DropoutMasks {
  readonly #key: readonly [number, number];

  constructor(seed: number, address: string) {
    this.#key = maskKey(seed, address);
  }

  /**
   * @param step completed optimizer steps
   * @param rate probability of a zero, from 0 up to but without 1
   * @param size number of elements
   */
  at(step: number, rate: number, size: number): Float32Array {
    return maskValues(stepKey(step, ...this.#key), maskLevel(rate), size);
  }
}

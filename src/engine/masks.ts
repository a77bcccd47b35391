import { RandomSource } from "../base/random.js";

/** Decisions have 16 bits: two to each random word. */
const resolution = 65536;

/**
 * Dropout masks of one layer (Srivastava et al. 2014, scaled in training): 0 with probability `rate`, else
 * 1 / (1 − rate), both with the rate rounded to 1/65536. A mask is a function of (seed, address, step, size) alone, so
 * a resumed run draws the same.
 */
export class DropoutMasks {
  readonly #source: RandomSource;

  constructor(seed: number, address: string) {
    this.#source = new RandomSource({ seed, address, purpose: "dropout" });
  }

  /**
   * @param step completed optimizer steps
   * @param rate probability of a zero, from 0 up to but without 1
   * @param size number of elements. Element e takes word e mod ⌈size/2⌉, the low half first.
   */
  at(step: number, rate: number, size: number): Float32Array {
    const threshold = Math.min(resolution - 1, Math.round(rate * resolution));
    const scale = resolution / (resolution - threshold);
    const stream = this.#source.at(step);
    const mask = new Float32Array(size);
    const words = Math.ceil(size / 2);
    for (let element = 0; element < words; element++) {
      const bits = stream.uint32();
      if ((bits & 0xffff) >= threshold) mask[element] = scale;
      // Of an odd size the last high half is not used: the store falls outside and does nothing.
      if (bits >>> 16 >= threshold) mask[element + words] = scale;
    }
    return mask;
  }
}

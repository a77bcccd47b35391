import { RandomSource } from "../../src/base/random.js";

/** Random choices that are the same in every run. */
export class Dice {
  readonly #stream;

  constructor(kind: string, index: number) {
    this.#stream = new RandomSource({ seed: index, address: kind, purpose: "case" }).at(0);
  }

  /** Whole, from the first to the last. */
  whole(first: number, last: number): number {
    return first + this.#stream.below(last - first + 1);
  }

  of<T>(...choices: readonly T[]): T {
    return choices[this.whole(0, choices.length - 1)] as T;
  }

  /** Whole blocks of channels, of 8 and of 16, as often as others. */
  channels(): number {
    return this.of(1, 3, 10, 8, 16, 32);
  }

  image(): [number, number, number, number] {
    return [this.whole(1, 5), this.whole(1, 9), this.whole(1, 9), this.channels()];
  }

  /** An image, a row of channels, or rows of sequences. */
  anything(): number[] {
    const image = this.image();
    return this.of<number[]>(image, image.slice(2), image.slice(1));
  }
}

import { invariant } from "../base/invariant.js";

/** A sound of one channel, as a file holds it. */
export interface Recording {
  /** Samples a second. */
  readonly rate: number;
  /** From −1 to 1, for whole numbers in the file. */
  readonly samples: Float32Array;
}

/** The recordings of one split, kept in memory or decoded when they are read. */
export class Recordings {
  #decode: ((sample: number) => Promise<Recording>) | null;
  readonly #kept: (Recording | undefined)[];

  /**
   * @param decode reads a sample, 0 to size − 1, from its file
   * @param kept those that are in memory already, by sample
   */
  constructor(
    readonly size: number,
    decode: (sample: number) => Promise<Recording>,
    kept: readonly Recording[] = [],
  ) {
    this.#decode = decode;
    this.#kept = [...kept];
  }

  async read(sample: number): Promise<Recording> {
    invariant(this.#decode !== null, "recordings read after their data set was closed");
    invariant(sample < this.size, `sample ${sample} of ${this.size} was asked for`);
    return this.#kept[sample] ?? (await this.#decode(sample));
  }

  /** Its memory can be used for something else: read again, it comes from its file. */
  forget(sample: number): void {
    this.#kept[sample] = undefined;
  }

  /** Gives the memory back; reading is a fault from then on. */
  release(): void {
    this.#decode = null;
    this.#kept.length = 0;
  }
}

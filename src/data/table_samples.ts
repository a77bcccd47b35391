import { invariant } from "../base/invariant.js";
import type { BatchInput } from "../engine/executor.js";
import type { ScaleProgram } from "../program/types.js";
import type { Samples } from "./samples.js";
import type { Encoder } from "./vocabulary.js";

/** Texts as numbers of words, filled up with 0 at the end. */
export class TextSamples implements Samples {
  readonly size: number;
  #tokens: readonly number[][] | null;

  /**
   * @param texts those of each sample
   * @param inputs names of the model's inputs that take them
   * @param length places of an input
   */
  constructor(
    texts: readonly (readonly string[])[],
    encode: Encoder,
    private readonly names: readonly string[],
    private readonly length: number,
  ) {
    this.size = texts.length;
    this.#tokens = texts.map(encode);
  }

  async inputs(samples: Uint32Array): Promise<ReadonlyMap<string, BatchInput>> {
    const tokens = this.#tokens;
    invariant(tokens !== null, "texts read after their data set was closed");
    return new Map(this.names.map((name) => [name, this.#input(samples, tokens)]));
  }

  #input(samples: Uint32Array, tokens: readonly number[][]): BatchInput {
    const values = new Float32Array(samples.length * this.length);
    const lengths = new Int32Array(samples.length);
    for (const [row, sample] of samples.entries()) {
      const own = tokens[sample] as number[];
      values.set(own, row * this.length);
      lengths[row] = own.length;
    }
    return { shape: [samples.length, this.length], values, lengths };
  }

  release(): void {
    this.#tokens = null;
  }
}

/** Rows of numbers. */
export class NumberSamples implements Samples {
  readonly size: number;
  #values: Float32Array | null;

  /**
   * @param values `width` of each sample, one sample after another
   * @param scale value ↦ (value − mean) / std, in double precision and rounded once
   */
  constructor(
    values: Float64Array,
    private readonly width: number,
    scale: Extract<ScaleProgram, { kind: "standard" }> | null,
  ) {
    const [mean = 0] = scale?.mean ?? [];
    const [std = 1] = scale?.std ?? [];
    this.size = values.length / width;
    this.#values = Float32Array.from(values, (value) => (value - mean) / std);
  }

  async inputs(samples: Uint32Array, input: string): Promise<ReadonlyMap<string, BatchInput>> {
    const all = this.#values;
    invariant(all !== null, "numbers read after their data set was closed");
    const values = new Float32Array(samples.length * this.width);
    for (const [row, sample] of samples.entries())
      values.set(all.subarray(sample * this.width, (sample + 1) * this.width), row * this.width);
    return new Map([[input, { shape: [samples.length, this.width], values }]]);
  }

  release(): void {
    this.#values = null;
  }
}

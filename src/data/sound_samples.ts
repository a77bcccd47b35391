import { setImmediate as nextTurn } from "node:timers/promises";
import { invariant } from "../base/invariant.js";
import { RandomSource } from "../base/random.js";
import type { BatchInput } from "../engine/executor.js";
import type { ScaleProgram, SoundTransform } from "../program/types.js";
import type { SoundSample } from "./readable.js";
import type { Recordings } from "./recordings.js";
import type { Augmentation, Samples } from "./samples.js";
import { purposesOf } from "./transforms/index.js";
import { type SoundStep, soundStep } from "./transforms/sound/index.js";
import type { Sound } from "./transforms/sound/sound.js";

export interface SoundSamplesOptions {
  readonly recordings: Recordings;
  readonly sample: SoundSample;
  readonly transforms: readonly SoundTransform[];
  readonly scale: ScaleProgram | null;
  /** `DATASET.SPLIT`: under this address random numbers are drawn. */
  readonly address: string;
  /** Bytes that may be kept of what never changes. */
  readonly memoryLimit: number;
}

/** Milliseconds of work after which other things of the process have their turn: signs of life, commands. */
const patience = 50;

/**
 * Recordings with the transforms and the scale of their split. What comes before the first random transform is the same in
 * each epoch and kept, as far as memory allows.
 */
export class SoundSamples implements Samples {
  readonly size: number;
  readonly #options: SoundSamplesOptions;
  readonly #steps: readonly SoundStep[];
  readonly #purposes: readonly string[];
  /** Transforms before the first random one. */
  readonly #lasting: number;
  readonly #kept: (Sound | undefined)[] = [];
  #left: number;

  constructor(options: SoundSamplesOptions) {
    this.size = options.recordings.size;
    this.#options = options;
    this.#steps = options.transforms.map(soundStep);
    this.#purposes = purposesOf(options.transforms);
    const random = this.#steps.findIndex(({ kind }) => kind === "random");
    this.#lasting = random === -1 ? this.#steps.length : random;
    this.#left = options.memoryLimit;
  }

  async inputs(
    samples: Uint32Array,
    input: string,
    augment: Augmentation | null,
  ): Promise<ReadonlyMap<string, BatchInput>> {
    const shape = shapeOf(this.#options.sample);
    const size = shape.reduce((product, axis) => product * axis, 1);
    const values = new Float32Array(samples.length * size);
    const sources = augment === null ? null : this.#sources(augment.seed);
    let begun = performance.now();
    for (const [row, sample] of samples.entries()) {
      let sound = await this.#lastingPart(sample);
      const step = (augment?.epoch ?? 0) * this.size + sample;
      for (let i = this.#lasting; i < this.#steps.length; i++) {
        const { kind, apply } = this.#steps[i] as SoundStep;
        if (kind === "fixed") sound = apply(sound);
        else if (sources !== null) sound = apply(sound, (sources[i] as RandomSource).at(step));
      }
      const result = sound.kind === "audio" ? sound.samples : sound.values;
      invariant(result.length === size, `a recording became ${result.length} numbers, not ${size}`);
      writeScaled(result, this.#options.scale, values.subarray(row * size, (row + 1) * size));
      if (performance.now() - begun < patience) continue;
      await nextTurn();
      begun = performance.now();
    }
    return new Map([[input, { shape: [samples.length, ...shape], values }]]);
  }

  #sources(seed: number): RandomSource[] {
    return this.#purposes.map(
      (purpose) => new RandomSource({ seed, address: this.#options.address, purpose }),
    );
  }

  async #lastingPart(sample: number): Promise<Sound> {
    const known = this.#kept[sample];
    if (known !== undefined) return known;
    const { recordings } = this.#options;
    const { rate, samples } = await recordings.read(sample);
    let sound: Sound = { kind: "audio", rate, samples };
    for (const { kind, apply } of this.#steps.slice(0, this.#lasting))
      if (kind === "fixed") sound = apply(sound);
    if (this.#lasting === 0) return sound;
    this.#left -= (sound.kind === "audio" ? sound.samples : sound.values).byteLength;
    if (this.#left < 0) return sound;
    this.#kept[sample] = sound;
    recordings.forget(sample);
    return sound;
  }

  release(): void {
    this.#kept.length = 0;
    this.#options.recordings.release();
  }
}

/** One channel, last, where there are bands. */
function shapeOf(sample: SoundSample): readonly number[] {
  return sample.kind === "audio" ? [sample.samples] : [sample.bands, sample.frames, 1];
}

/** In double precision and rounded once; `range` is between smallest and largest value of the sample. */
function writeScaled(values: Float32Array, scale: ScaleProgram | null, out: Float32Array): void {
  if (scale === null) {
    out.set(values);
    return;
  }
  const { subtract, factor, add } = linear(values, scale);
  for (let i = 0; i < values.length; i++) out[i] = ((values[i] as number) - subtract) * factor + add;
}

function linear(
  values: Float32Array,
  scale: ScaleProgram,
): { readonly subtract: number; readonly factor: number; readonly add: number } {
  if (scale.kind === "standard")
    return { subtract: scale.mean[0] ?? 0, factor: 1 / (scale.std[0] ?? 1), add: 0 };
  let [smallest, largest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    smallest = Math.min(smallest, value);
    largest = Math.max(largest, value);
  }
  const { low, high } = scale;
  // Of silence, where all values are one, this is the lower end.
  return {
    subtract: smallest,
    factor: largest > smallest ? (high - low) / (largest - smallest) : 0,
    add: low,
  };
}

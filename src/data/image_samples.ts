import type { BatchInput } from "../engine/executor.js";
import type { ImageTransform } from "../program/types.js";
import { type ImageShape, type ImageStore, imageBytes } from "./images.js";
import type { Augmentation, Samples } from "./samples.js";
import { applyScale } from "./scale.js";
import { seededTransforms } from "./transforms/index.js";

export interface ImageSamplesOptions {
  /** Raw 8-bit pixels, resized but neither augmented nor scaled. */
  readonly images: ImageStore;
  readonly shape: ImageShape;
  readonly transforms: readonly ImageTransform[];
  /** Value of each raw pixel value, 256 for each channel after another. */
  readonly scale: Float32Array;
  /** `DATASET.SPLIT`: under this address random numbers are drawn. */
  readonly address: string;
}

/** Images with the random transforms and the scale of their split. */
export class ImageSamples implements Samples {
  readonly images: ImageStore;
  readonly #options: ImageSamplesOptions;

  constructor(options: ImageSamplesOptions) {
    this.images = options.images;
    this.#options = options;
  }

  get size(): number {
    return this.images.size;
  }

  async inputs(
    samples: Uint32Array,
    input: string,
    augment: Augmentation | null,
  ): Promise<ReadonlyMap<string, BatchInput>> {
    const pixels = await this.images.read(samples);
    if (augment !== null) this.#transform(samples, pixels, augment);
    const { shape, scale } = this.#options;
    return new Map([[input, scaledImages(pixels, shape, scale)]]);
  }

  release(): void {
    this.images.release();
  }

  /** What is drawn for a sample depends on the seed, the epoch and the sample alone. */
  #transform(samples: Uint32Array, pixels: Uint8Array, { seed, epoch }: Augmentation): void {
    const { shape, transforms, address } = this.#options;
    const seeded = seededTransforms(transforms, seed, address);
    const bytes = imageBytes(shape);
    for (let i = 0; i < samples.length; i++) {
      const image = pixels.subarray(i * bytes, (i + 1) * bytes);
      const step = epoch * this.size + (samples[i] as number);
      for (const { apply, random } of seeded) apply(image, shape, random.at(step));
    }
  }
}

/** Raw pixels of images one after another as an input of the model: [images, height, width, channels]. */
export function scaledImages(pixels: Uint8Array, shape: ImageShape, scale: Float32Array): BatchInput {
  const { height, width, channels } = shape;
  const values = new Float32Array(pixels.length);
  applyScale(pixels, scale, channels, values);
  return { shape: [pixels.length / imageBytes(shape), height, width, channels], values };
}

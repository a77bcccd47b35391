import { invariant } from "../base/invariant.js";
import { forEachConcurrently } from "./concurrency.js";

/** Rows, columns and channels of one image; pixels are row-major with channels last. */
export interface ImageShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Number of 8-bit values in an image. */
export function imageBytes(shape: ImageShape): number {
  return shape.height * shape.width * shape.channels;
}

/** The raw 8-bit pixels of the samples of one split, wherever they are kept. */
export interface ImageStore {
  readonly size: number;
  /** Copies of the named samples (0 to size − 1), one after another. */
  read(samples: ArrayLike<number>): Promise<Uint8Array>;
  /** Gives the memory back; reading is a fault from then on. */
  release(): void;
}

/** Images one after another in memory; sample i is image `indices[i]`, or image i without `indices`. */
export class ImagesInMemory implements ImageStore {
  readonly size: number;
  readonly #imageBytes: number;
  readonly #indices: Uint32Array | null;
  #pixels: Uint8Array | null;

  constructor(pixels: Uint8Array, imageBytes: number, indices: Uint32Array | null) {
    this.size = indices === null ? pixels.length / imageBytes : indices.length;
    this.#pixels = pixels;
    this.#imageBytes = imageBytes;
    this.#indices = indices;
  }

  async read(samples: ArrayLike<number>): Promise<Uint8Array> {
    invariant(this.#pixels !== null, "images read after their data set was closed");
    const bytes = this.#imageBytes;
    const copy = new Uint8Array(samples.length * bytes);
    for (let i = 0; i < samples.length; i++) {
      const sample = samples[i] as number;
      invariant(sample < this.size, `sample ${sample} of ${this.size} was asked for`);
      const image = this.#indices === null ? sample : (this.#indices[sample] as number);
      copy.set(this.#pixels.subarray(image * bytes, (image + 1) * bytes), i * bytes);
    }
    return copy;
  }

  release(): void {
    this.#pixels = null;
  }
}

/** Decodes one sample. */
export type Decoder = (sample: number) => Promise<Uint8Array>;

/** sharp decodes on the four threads of libuv's pool; twice as many in flight keep them busy while files are read. */
export const DECODERS = 8;

/** Images decoded anew whenever they are read, for splits too large for memory. */
export class ImagesOnDemand implements ImageStore {
  #decode: Decoder | null;

  constructor(
    readonly size: number,
    private readonly imageBytes: number,
    decode: Decoder,
  ) {
    this.#decode = decode;
  }

  async read(samples: ArrayLike<number>): Promise<Uint8Array> {
    const decode = this.#decode;
    invariant(decode !== null, "images read after their data set was closed");
    return decodeAll(samples.length, this.imageBytes, (i) => decode(samples[i] as number));
  }

  release(): void {
    this.#decode = null;
  }
}

/** Decodes `count` samples into one array, a few at a time. */
export async function decodeAll(count: number, imageBytes: number, decode: Decoder): Promise<Uint8Array> {
  const pixels = new Uint8Array(count * imageBytes);
  await forEachConcurrently(count, DECODERS, async (i) => {
    const image = await decode(i);
    invariant(
      image.length === imageBytes,
      `an image was decoded to ${image.length} bytes, not ${imageBytes}`,
    );
    pixels.set(image, i * imageBytes);
  });
  return pixels;
}

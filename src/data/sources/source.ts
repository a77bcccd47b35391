import type { ImageStore } from "../images.js";
import type { Purpose } from "../problems.js";
import type { ReadableData } from "../readable.js";
import type { Recordings } from "../recordings.js";

/** What every source is opened with. */
export interface SourceOptions<D extends ReadableData = ReadableData> {
  readonly data: D;
  /** Where the source lies: an absolute path. */
  readonly folder: string;
  /** Bytes of decoded pixels or sound a split may keep in memory. */
  readonly memoryLimit: number;
}

/**
 * A place with samples in named parts. One reader a format. Throws L0304 for what is not there, L0305 for what is
 * damaged and L0306 for what the program was not compiled for.
 */
export interface Source {
  /** Number of samples of a part, from file headers or the listing of folders alone. */
  partSize(part: string, purpose: Purpose): Promise<number>;
  /** The group of each sample of a part by a field, such as its speaker; left out by sources without such fields. */
  partGroups?(part: string, field: string, purpose: Purpose): Promise<readonly string[]>;
  /** The source's own fold of each sample of a part, from 1; left out by sources without. */
  partFolds?(part: string, purpose: Purpose): Promise<readonly number[]>;
  /** The chosen samples of a split. */
  load(request: LoadRequest): Promise<LoadedSamples>;
}

export interface LoadRequest {
  readonly purpose: Purpose;
  /** Parts that are put together, in order. */
  readonly parts: readonly string[];
  /** Which of their samples, counted through all parts from 0. */
  readonly indices: Uint32Array;
  /** Whether images of another size are resized to the program's sample or are an error. */
  readonly resize: boolean;
}

export interface LoadedSamples {
  /** Class of each sample, every one below the program's `classes`; empty where a number is learned. */
  readonly labels: Int32Array;
  /** The number to be met by each sample; null where a class is learned. */
  readonly targets: Float32Array | null;
  readonly content: Content;
  /** SHA-256 of the content of each file that was used, by its name within the source. */
  readonly files: ReadonlyMap<string, string>;
}

/** Samples as they come from their files, apart from images, which are resized. */
export type Content =
  | { readonly kind: "images"; readonly images: ImageStore }
  | { readonly kind: "recordings"; readonly recordings: Recordings }
  /** The texts of each sample. */
  | { readonly kind: "texts"; readonly texts: readonly (readonly string[])[] }
  /** The numbers of all samples, one sample after another. */
  | { readonly kind: "numbers"; readonly values: Float64Array };

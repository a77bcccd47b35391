import type { SourceName } from "../language/sources/index.js";
import type { TransformName } from "../language/transforms/index.js";
import type { AttributeValue } from "./types.js";

/** The data of a program: where samples come from, and what becomes of them on their way to the model. */

export interface DataProgram {
  readonly name: string;
  readonly source: DataSource;
  /** What one sample is before batching, after every transform. */
  readonly sample: SampleProgram;
  /** Field of the source that is learned; absent for `label`. */
  readonly target?: string;
  /** Number of classes, and their names where the spec gives them; null where the target is a number. */
  readonly classes: number | null;
  readonly classNames: readonly string[] | null;
  /** Folds that the source brings, or that are made; absent where there are none. */
  readonly folds?: FoldsProgram;
  readonly train: SplitProgram;
  readonly val: SplitProgram | null;
  readonly test: SplitProgram | null;
  readonly scale: ScaleProgram | null;
}

/** A source by kind, with its arguments; paths are as written in the spec, relative to its folder. */
export type DataSource =
  | { readonly kind: "idx"; readonly path: string }
  | { readonly kind: "image_folder"; readonly path: string }
  | AudioSource
  | TableSource
  | UnreadSource;

/** Recordings in files; `rate` in Hz is that of all of them, null where the files say. */
export type AudioSource =
  | { readonly kind: "audio_folder"; readonly path: string; readonly rate: number | null }
  | { readonly kind: "esc50" | "crema_d"; readonly path: string };

/** Rows in files; either `text` or `numbers` has columns. `label` is the one that is learned. */
export interface TableSource {
  readonly kind: "csv" | "tsv" | "jsonl";
  readonly path: string;
  readonly text: readonly string[];
  readonly numbers: readonly string[];
  readonly label: string;
}

/** A source that can be checked and planned, but has no reader yet. */
export interface UnreadSource {
  readonly kind: Exclude<SourceName, "idx" | "image_folder" | AudioSource["kind"] | TableSource["kind"]>;
  readonly path: string;
  readonly [argument: string]: DataAttribute;
}

export type DataAttribute = AttributeValue | readonly string[];

/** Sizes are those of one sample as the model takes it. */
export type SampleProgram =
  | ImageSample
  | { readonly kind: "spectrogram"; readonly bands: number; readonly frames: number }
  | { readonly kind: "audio"; readonly samples: number }
  | { readonly kind: "features"; readonly n: number }
  /** Numbers of words in each field that the model takes: of model inputs to fields of the source. */
  | { readonly kind: "tokens"; readonly length: number; readonly fields: Readonly<Record<string, string>> };

export interface ImageSample {
  readonly kind: "image";
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

export type FoldsProgram =
  | { readonly kind: "own"; readonly count: number }
  | {
      readonly kind: "kfold";
      readonly count: number;
      /** The order in which samples, or groups of them, are dealt out. */
      readonly shuffle: number;
      /** Field whose groups stay together. */
      readonly by: string | null;
    };

export interface SplitProgram {
  /** Names of the source's parts that are put together, in order: `train`, `test`. */
  readonly names: readonly string[];
  /** Half-open share of them, 0 to 1. */
  readonly part: readonly [number, number];
  /** Order fixed before the part is cut: null keeps the source's, a number shuffles by it. */
  readonly shuffle: number | null;
  /** Field whose groups are kept together by the cut; absent where samples stand alone. */
  readonly by?: string;
  /** All of them in order: `features` or `tokens` of the dataset stand where they come. */
  readonly transforms: readonly TransformProgram[];
}

/** A transform by name, with its arguments; lengths of sound in samples. What each does: `data/transforms/`. */
export type TransformProgram = ImageTransform | SoundTransform | WordsTransform | UnreadTransform;

export type ImageTransform =
  /** Moves the image by up to so many pixels in each direction; what comes in is 0. */
  | { readonly kind: "shift"; readonly pixels: number }
  /** Mirrors left and right with probability one half. */
  | { readonly kind: "flip" }
  | { readonly kind: "resize"; readonly height: number; readonly width: number };

export type SoundTransform =
  | { readonly kind: "fit"; readonly length: number }
  | { readonly kind: "resample"; readonly rate: number }
  | {
      readonly kind: "stft";
      readonly fft: number;
      readonly window: number;
      readonly hop: number;
      readonly shape: "hann" | "hamming" | "rectangular";
    }
  | {
      readonly kind: "mel";
      readonly bands: number;
      /** Of what is made of audio; null where a spectrogram is given. */
      readonly window: number | null;
      readonly hop: number | null;
      readonly low: number;
      /** 0 for half the sampling rate. */
      readonly high: number;
    }
  | { readonly kind: "power"; readonly exponent: number }
  | { readonly kind: "log"; readonly floor: number }
  /** In dB below the recording's own level. */
  | { readonly kind: "noise"; readonly level: number }
  | { readonly kind: "time_shift"; readonly share: number }
  | { readonly kind: "speed"; readonly factor: readonly [number, number] }
  | { readonly kind: "time_mask"; readonly frames: number }
  | { readonly kind: "band_mask"; readonly bands: number };

/** Text to numbers of the most frequent words of `train`: 0 fills up, 1 stands for a word not known. */
export interface WordsTransform {
  readonly kind: "words";
  /** Words in the vocabulary, with those two. */
  readonly size: number;
  readonly fit: string;
  readonly lower: boolean;
  /** Words of a sample at most; those behind are cut off. */
  readonly max: number;
  /** Put between two texts. */
  readonly separator: string;
}

/** A transform that can be checked and planned, but is not carried out yet. */
export interface UnreadTransform {
  readonly kind: Exclude<TransformName, (ImageTransform | SoundTransform | WordsTransform)["kind"]>;
  readonly [argument: string]: AttributeValue;
}

/** Raw 8-bit values are divided by 255 first; then value ↦ (value − mean) / std, a number or one a channel. */
export type ScaleProgram =
  | { readonly kind: "standard"; readonly mean: readonly number[]; readonly std: readonly number[] }
  | {
      readonly kind: "range";
      readonly low: number;
      readonly high: number;
      /** Where smallest and largest value are sought; absent for raw bytes, 0 to 255. */
      readonly per?: "sample" | "dataset";
    };

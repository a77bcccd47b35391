/** What a folder of data turned out to hold, as far as a first spec needs it. */
export type Survey = IdxSurvey | ImageFolderSurvey | SoundFolderSurvey;

interface ImagesSurvey {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  /** Names of parts with their numbers of samples: `train`, `test`, or `all` for one that is not divided. */
  readonly parts: ReadonlyMap<string, number>;
  /** Of values from 0 to 1, one a channel, over images that can be trained on. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

export interface IdxSurvey extends ImagesSurvey {
  readonly kind: "idx";
  readonly classes: number;
}

export interface ImageFolderSurvey extends ImagesSurvey {
  readonly kind: "image_folder";
  /** Names of the class folders, sorted. */
  readonly classNames: readonly string[];
  /** Whether every image has the size given, which is that of the first. */
  readonly oneSize: boolean;
}

/** How a recording becomes numbers: mel bands of windows of one length. Lengths are milliseconds. */
export interface SoundFeatures {
  /** Hz, after `resample` where there is one. */
  readonly rate: number;
  readonly resampled: boolean;
  readonly length: number;
  readonly window: number;
  readonly hop: number;
  readonly floor: number;
  readonly bands: number;
  readonly frames: number;
}

export interface SoundFolderSurvey {
  readonly kind: "audio_folder";
  /** Names of the class folders, sorted. */
  readonly classNames: readonly string[];
  readonly parts: ReadonlyMap<string, number>;
  /** Sampling rates that were met, in Hz. */
  readonly rates: readonly number[];
  /** The shortest and the longest recording that was looked into. */
  readonly seconds: readonly [number, number];
  readonly features: SoundFeatures;
  /** Of what the features give, over recordings that can be trained on. */
  readonly mean: number;
  readonly std: number;
}

/** Mean and standard deviation of values, from their number, sum and sum of squares. */
export function meanAndStd(count: number, sum: number, squares: number): { mean: number; std: number } {
  const mean = sum / count;
  return { mean, std: Math.sqrt(Math.max(0, squares / count - mean * mean)) };
}

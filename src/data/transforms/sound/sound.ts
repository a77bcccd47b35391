import type { RandomStream } from "../../../base/random.js";

/** A recording on its way to the model. */
export type Sound = Audio | Spectrogram;

export interface Audio {
  readonly kind: "audio";
  /** Samples a second. */
  readonly rate: number;
  readonly samples: Float32Array;
}

export interface Spectrogram {
  readonly kind: "spectrogram";
  readonly bands: number;
  readonly frames: number;
  /** Band after band, from the lowest, each with its frames. */
  readonly values: Float32Array;
  /** Samples a second of the audio that it was made of. */
  readonly rate: number;
  /** Hz from one band to the next, from 0; null where bands are not that even. */
  readonly spacing: number | null;
}

/** Makes a sound of a sound, which stays as it is; nothing random is in it. */
export type FixedTransform = (sound: Sound) => Sound;
/** The same, drawing what is random from `random`. */
export type RandomTransform = (sound: Sound, random: RandomStream) => Sound;

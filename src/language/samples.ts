import { formatCount } from "../base/format.js";

/**
 * What one sample is on its way from the source to the model. Sizes that only the data know are null. Transforms say
 * what they take and give in these terms, and the checker follows them without looking at data.
 */
export type Sample =
  | {
      readonly kind: "image";
      readonly height: number | null;
      readonly width: number | null;
      readonly channels: number | null;
      /** Comes with boxes around things, as detection needs. */
      readonly boxes: boolean;
    }
  /** A waveform of one channel; `rate` in Hz. */
  | { readonly kind: "audio"; readonly samples: number | null; readonly rate: number | null }
  | { readonly kind: "spectrogram"; readonly bands: number; readonly frames: number }
  /** So many texts, such as a question and a passage. */
  | { readonly kind: "text"; readonly texts: number }
  /** Numbers of words or word pieces, at most `length`, in each of the fields. */
  | { readonly kind: "tokens"; readonly length: number; readonly fields: readonly string[] }
  /** A row of numbers. */
  | { readonly kind: "features"; readonly n: number };

export type SampleKind = Sample["kind"];

/** As messages say it: "an image", "audio of 80,000 samples". */
export function describeSample(sample: Sample): string {
  switch (sample.kind) {
    case "image": {
      const size = sample.height === null || sample.width === null ? "" : `${sample.height}x${sample.width}`;
      const channels = sample.channels === null ? "" : `${size === "" ? "" : "x"}${sample.channels}`;
      const boxes = sample.boxes ? " with boxes" : "";
      return size === "" ? `an image${boxes}` : `an image of ${size}${channels}${boxes}`;
    }
    case "audio":
      return sample.samples === null ? "audio" : `audio of ${formatCount(sample.samples)} samples`;
    case "spectrogram":
      return `a spectrogram of ${formatCount(sample.bands)} bands and ${formatCount(sample.frames)} frames`;
    case "text":
      return sample.texts === 1 ? "text" : `${sample.texts} texts`;
    case "tokens":
      return `at most ${formatCount(sample.length)} tokens`;
    case "features":
      return `${formatCount(sample.n)} number${sample.n === 1 ? "" : "s"}`;
  }
}

/** A kind without its sizes: "an image", "audio". */
export function describeKind(kind: SampleKind): string {
  const words: Readonly<Record<SampleKind, string>> = {
    image: "an image",
    audio: "audio",
    spectrogram: "a spectrogram",
    text: "text",
    tokens: "tokens",
    features: "a row of numbers",
  };
  return words[kind];
}

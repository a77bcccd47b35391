import { InternalError } from "../base/invariant.js";
import { ImageSamples } from "./image_samples.js";
import { holdsImages, type ReadableData, type ReadableSplit, wordsOfSplit } from "./readable.js";
import type { Samples } from "./samples.js";
import { scaleTable } from "./scale.js";
import type { Content } from "./sources/source.js";
import { NumberSamples, TextSamples } from "./table_samples.js";
import { encoderOf, type Vocabulary } from "./vocabulary.js";

export interface PrepareOptions {
  readonly data: ReadableData;
  readonly split: ReadableSplit;
  /** `DATASET.SPLIT`: under this address random numbers are drawn. */
  readonly address: string;
  /** Of text. */
  readonly vocabulary: Vocabulary | null;
}

/** Samples as their files hold them, with what a split makes of them: its transforms and the scale. */
export function prepare(content: Content, { data, split, address, vocabulary }: PrepareOptions): Samples {
  if (content.kind === "images" && holdsImages(data)) {
    return new ImageSamples({
      images: content.images,
      shape: data.sample,
      transforms: split.transforms,
      scale: scaleTable(data.name, data.scale, data.sample.channels),
      address,
    });
  }
  const { sample, scale } = data;
  if (content.kind === "numbers" && sample.kind === "features" && scale?.kind !== "range")
    return new NumberSamples(content.values, sample.n, scale);
  const words = wordsOfSplit(split);
  if (content.kind === "texts" && sample.kind === "tokens" && words !== null && vocabulary !== null)
    return new TextSamples(
      content.texts,
      encoderOf(vocabulary, words),
      Object.keys(sample.fields),
      sample.length,
    );
  throw new InternalError(`samples of ${data.name} are ${content.kind}, but the model takes ${sample.kind}`);
}

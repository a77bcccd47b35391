import { InternalError } from "../base/invariant.js";
import { ImageSamples } from "./image_samples.js";
import type { SplitName } from "./problems.js";
import { holdsImages, holdsSound, type ReadableData, wordsOfSplit } from "./readable.js";
import type { Samples } from "./samples.js";
import { scaleTable } from "./scale.js";
import { SoundSamples } from "./sound_samples.js";
import type { Content } from "./sources/source.js";
import { NumberSamples, TextSamples } from "./table_samples.js";
import { encoderOf, type Vocabulary } from "./vocabulary.js";

export interface PrepareOptions {
  readonly data: ReadableData;
  readonly split: SplitName;
  /** Of text. */
  readonly vocabulary: Vocabulary | null;
  /** Bytes of sound that may be kept. */
  readonly memoryLimit: number;
}

/** Samples as their files hold them, with what a split makes of them: its transforms and the scale. */
export function prepare(content: Content, { data, split, vocabulary, memoryLimit }: PrepareOptions): Samples {
  const address = `${data.name}.${split}`;
  if (content.kind === "images" && holdsImages(data)) {
    return new ImageSamples({
      images: content.images,
      shape: data.sample,
      transforms: (data[split] ?? data.train).transforms,
      scale: scaleTable(data.name, data.scale, data.sample.channels),
      address,
    });
  }
  if (content.kind === "recordings" && holdsSound(data)) {
    const { transforms } = data[split] ?? data.train;
    const { recordings } = content;
    const { sample, scale } = data;
    return new SoundSamples({ recordings, sample, transforms, scale, address, memoryLimit });
  }
  const { sample, scale } = data;
  if (content.kind === "numbers" && sample.kind === "features" && scale?.kind !== "range")
    return new NumberSamples(content.values, sample.n, scale);
  const words = wordsOfSplit(data[split] ?? data.train);
  if (content.kind === "texts" && sample.kind === "tokens" && words !== null && vocabulary !== null)
    return new TextSamples(
      content.texts,
      encoderOf(vocabulary, words),
      Object.keys(sample.fields),
      sample.length,
    );
  throw new InternalError(`samples of ${data.name} are ${content.kind}, but the model takes ${sample.kind}`);
}

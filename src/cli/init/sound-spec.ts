import type { SoundFolderSurvey } from "../../data/survey/index.js";
import { blockLines, blocksFor, epochsFor } from "./blocks.js";
import { splitSettings, trainSamples } from "./parts.js";
import type { SpecParts } from "./spec-text.js";
import { classesText } from "./words.js";

const rate = 0.01;
/** Smaller ones where there are few recordings, or an epoch would have hardly a step. */
const largestBatch = 32;
const stepsWanted = 12;

/** A small convolutional net for mel spectrograms of recordings, and its training. */
export function soundSpec(survey: SoundFolderSurvey): SpecParts {
  const { features, parts, classNames } = survey;
  const { bands, frames, window, hop, length, floor } = features;
  const blocks = blocksFor(bands, frames, 1, { least: 3, most: 3 });
  const samples = trainSamples(parts);
  const epochs = epochsFor(samples, blocks);
  const resampled = features.resampled ? `resample(${hertz(features.rate)}) |> ` : "";
  const mel = `mel(${bands}, window: ${seconds(window)}, hop: ${seconds(hop)})`;
  return {
    sourceArguments: features.resampled ? "" : `, rate: ${hertz(features.rate)}`,
    settings: [
      ["classes", classesText(classNames)],
      ["features", `${resampled}fit(${seconds(length)}) |> ${mel} |> log(${scientific(floor)})`],
      ...splitSettings({
        parts,
        shuffled: true,
        trained: ` |> time_shift(5%) |> features |> time_mask(${Math.max(1, Math.round(frames / 16))})`,
        measured: "",
      }),
      ["scale", `standard(mean: ${survey.mean.toFixed(1)}, std: ${Math.max(0.1, survey.std).toFixed(1)})`],
    ],
    model: [
      `  input spectrogram(bands: ${bands}, frames: ${frames})`,
      "",
      ...blockLines(blocks),
      "  global_avg_pool",
      `  head: dense(${classNames.length})`,
    ],
    rate,
    optimizer: `adam(rate: ${rate})`,
    batch: Math.max(4, Math.min(largestBatch, Math.round(samples / stepsWanted))),
    epochs,
    until: Math.max(1, Math.round(epochs / 8)),
  };
}

/** `16 kHz`, `11025 Hz`. */
function hertz(value: number): string {
  return value % 1000 === 0 ? `${value / 1000} kHz` : `${value} Hz`;
}

/** `1 s`, `250 ms`. */
function seconds(milliseconds: number): string {
  return milliseconds % 1000 === 0 ? `${milliseconds / 1000} s` : `${milliseconds} ms`;
}

function scientific(value: number): string {
  return value.toExponential();
}

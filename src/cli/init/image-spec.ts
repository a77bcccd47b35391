import type { IdxSurvey, ImageFolderSurvey } from "../../data/survey/index.js";
import { blockLines, blocksFor, epochsFor } from "./blocks.js";
import { splitSettings, trainSamples } from "./parts.js";
import type { SpecParts } from "./spec-text.js";
import { classesText } from "./words.js";

type Survey = IdxSurvey | ImageFolderSurvey;

/** Sides that images are brought to: larger ones would only train longer. */
const largestSide = 48;
const rate = 0.03;

/** A small convolutional net for images, and its training. */
export function imageSpec(survey: Survey): SpecParts {
  const size = inputSize(survey);
  const blocks = blocksFor(size.height, size.width, survey.channels);
  const epochs = epochsFor(trainSamples(survey.parts), blocks);
  const classes = survey.kind === "idx" ? survey.classes : survey.classNames.length;
  return {
    settings: settings(survey, size),
    model: [
      `  input image(${size.height}, ${size.width}, ${survey.channels})`,
      "",
      ...blockLines(blocks),
      "  flatten",
      "  fc: dense(64)",
      "  relu",
      "  dropout(0.3)",
      `  head: dense(${classes})`,
    ],
    rate,
    optimizer: `sgd(rate: ${rate}, momentum: 0.9, weight_decay: 1e-4)`,
    batch: 64,
    epochs,
    until: Math.max(1, Math.round(epochs / 4)),
  };
}

interface Size {
  readonly height: number;
  readonly width: number;
  readonly resized: boolean;
}

function inputSize(survey: Survey): Size {
  const { height, width } = survey;
  const oneSize = survey.kind === "idx" || survey.oneSize;
  if (oneSize && Math.max(height, width) <= largestSide) return { height, width, resized: false };
  // One side fits the limit; the other keeps the proportion of the first image, in steps that can be halved.
  const scale = largestSide / Math.max(height, width, 1);
  const side = (length: number) =>
    Math.max(8, Math.min(largestSide, Math.round((length * Math.min(1, scale)) / 8) * 8));
  return { height: side(height), width: side(width), resized: true };
}

function settings(survey: Survey, size: Size): [string, string][] {
  const resize = size.resized ? ` |> resize(${size.height}, ${size.width})` : "";
  const augmented = survey.kind === "idx" ? " |> shift(2 px)" : " |> shift(4 px) |> flip";
  return [
    ["classes", survey.kind === "idx" ? `${survey.classes}` : classesText(survey.classNames)],
    ...splitSettings({
      parts: survey.parts,
      shuffled: survey.kind !== "idx",
      trained: resize + augmented,
      measured: resize,
    }),
    ["scale", `standard(mean: ${numbersText(survey.mean)}, std: ${numbersText(survey.std)})`],
  ];
}

/** A list, or one number where all channels agree; three digits are enough. */
function numbersText(values: readonly number[]): string {
  const shown = values.map((value) => Math.max(0.001, value).toFixed(3));
  return new Set(shown).size === 1 ? `${shown[0]}` : `[${shown.join(", ")}]`;
}

import { reservedWords, unitNames } from "../../../grammar/tokens.js";
import type { Survey } from "../../data/survey/index.js";
import { SourceFile } from "../../diagnostics/index.js";
import { format } from "../../syntax/format/index.js";

/** What a first spec is written for. */
export interface SpecRequest {
  /** Title of the experiment. */
  readonly title: string;
  /** Name of the dataset. */
  readonly name: string;
  /** The data as the spec writes it: relative, with `/`. */
  readonly path: string;
  readonly survey: Survey;
}

/** Sides that images are brought to: larger ones would only train longer. */
const largestSide = 48;
/** Pooling stops where a side would fall below. */
const smallestSide = 6;
const maximumBlocks = 4;
const batch = 64;
/** What a first run may cost, in multiply-adds of forward passes: a few minutes on two cores. */
const costOfRun = 1e11;
const width = 16;
const rate = 0.03;

/** A small net and its training, in the one layout of the language. Every line of it is meant to be read and changed. */
export function specText(request: SpecRequest): string {
  const { survey } = request;
  const size = inputSize(survey);
  const blocks = blocksOf(survey, size);
  const epochs = epochsFor(trainSamples(survey), blocks);
  const until = Math.max(1, Math.round(epochs / 4));
  const text = `lerac 1

experiment "${escaped(request.title)}" {
  seeds 1..3
}

param width = ${width} # --set width=32 on the command line

${datasetText(request, size)}

${modelText(survey, size, blocks)}

curriculum lerac {
  rates ${rate} -> 1e-5 # first level -> last level, at the start
  until ${until} ${until === 1 ? "epoch" : "epochs"} # k: from here on every level has the optimizer's rate
}

train {
  loss cross_entropy
  metrics accuracy
  optimizer sgd(rate: ${rate}, momentum: 0.9, weight_decay: 1e-4)
  schedule cosine
  batch ${batch}
  epochs ${epochs}
  keep best(val.accuracy)
}

compare {
  conventional
  lerac
}
`;
  return format(new SourceFile("init", text)).text;
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

function datasetText({ name, path, survey }: SpecRequest, size: Size): string {
  const resize = size.resized ? ` |> resize(${size.height}, ${size.width})` : "";
  const part = partNames(survey);
  const augmented = survey.kind === "idx" ? " |> shift(2 px)" : " |> shift(4 px) |> flip";
  const splits: [string, string][] = [];
  if (part.train === null) {
    splits.push(["train", `split(all, part: 0%..70%, shuffle: 1)${resize}${augmented}`]);
    splits.push(["val", `split(all, part: 70%..85%, shuffle: 1)${resize}`]);
    splits.push(["test", `split(all, part: 85%..100%, shuffle: 1)${resize}`]);
  } else if (part.val !== null) {
    splits.push(["train", `split(${part.train})${resize}${augmented}`]);
    splits.push(["val", `split(${part.val})${resize}`]);
    if (part.test !== null) splits.push(["test", `split(${part.test})${resize}`]);
  } else {
    const shuffle = survey.kind === "idx" ? "" : ", shuffle: 1";
    splits.push(["train", `split(${part.train}, first: 90%${shuffle})${resize}${augmented}`]);
    splits.push(["val", `split(${part.train}, last: 10%${shuffle})${resize}`]);
    if (part.test !== null) splits.push(["test", `split(${part.test})${resize}`]);
  }
  const settings: [string, string][] = [
    ["source", `${survey.kind}("${escaped(path)}")`],
    ["classes", classesText(survey)],
    ...splits,
    ["scale", `standard(mean: ${numbersText(survey.mean)}, std: ${numbersText(survey.std)})`],
  ];
  return [`dataset ${name} {`, ...settings.map(([key, value]) => `  ${key.padEnd(9)}${value}`), "}"].join(
    "\n",
  );
}

/** What the parts of the data are called, by what they are for; all null where the data are not divided. */
function partNames(survey: Survey): Record<"train" | "val" | "test", string | null> {
  const find = (pattern: RegExp) => [...survey.parts.keys()].find((name) => pattern.test(name));
  const written = (name: string | undefined) =>
    name === undefined ? null : isName(name) ? name : `"${escaped(name)}"`;
  return {
    train: written(find(/^train(ing)?$/i)),
    val: written(find(/^val(id|idation)?$/i)),
    test: written(find(/^test(ing)?$/i)),
  };
}

function trainSamples(survey: Survey): number {
  const [whole] = [...survey.parts].filter(([name]) => /^train(ing)?$/i.test(name)).map(([, count]) => count);
  return whole ?? (survey.parts.get("all") ?? 0) * 0.7;
}

/** As many as the cost of a first run allows, and not more than a small net needs. */
function epochsFor(samples: number, blocks: readonly Block[]): number {
  const passesAllowed = costOfRun / blocks.reduce((sum, block) => sum + block.multiplyAdds, 0);
  return Math.max(4, Math.min(40, Math.round(passesAllowed / Math.max(1, samples))));
}

/** Names where they are few and short, in the order of the labels; else how many. */
function classesText(survey: Survey): string {
  if (survey.kind === "idx") return `${survey.classes}`;
  const names = survey.classNames.map((name) => (isName(name) ? name : `"${escaped(name)}"`));
  const list = `[${names.join(", ")}]`;
  return list.length <= 80 ? list : `${names.length}`;
}

/** Convolution, norm, activation, and pooling where the image is still large enough. */
interface Block {
  /** Its filters, as a multiple of the param `width`. */
  readonly times: number;
  readonly pools: boolean;
  readonly multiplyAdds: number;
}

function blocksOf(survey: Survey, { height, width: across }: Size): Block[] {
  const blocks: Block[] = [];
  let pixels = height * across;
  let side = Math.min(height, across);
  let channels: number = survey.channels;
  while (blocks.length === 0 || (side >= 2 * smallestSide && blocks.length < maximumBlocks)) {
    const times = 2 ** blocks.length;
    const pools = side >= 2 * smallestSide;
    blocks.push({ times, pools, multiplyAdds: pixels * 9 * channels * times * width });
    channels = times * width;
    if (pools) {
      side = Math.floor(side / 2);
      pixels /= 4;
    }
  }
  return blocks;
}

function modelText(survey: Survey, { height, width: across }: Size, blocks: readonly Block[]): string {
  const classes = survey.kind === "idx" ? survey.classes : survey.classNames.length;
  const lines = blocks.flatMap(({ times, pools }, i) => [
    `  conv${i + 1}: conv2d(${times === 1 ? "width" : `${times} * width`}, 3)`,
    "  batch_norm",
    "  relu",
    ...(pools ? ["  max_pool(2)"] : []),
  ]);
  return [
    "model cnn {",
    `  input image(${height}, ${across}, ${survey.channels})`,
    "",
    ...lines,
    "  flatten",
    "  fc: dense(64)",
    "  relu",
    "  dropout(0.3)",
    `  head: dense(${classes})`,
    "}",
  ].join("\n");
}

/** A list, or one number where all channels agree; three digits are enough. */
function numbersText(values: readonly number[]): string {
  const shown = values.map((value) => Math.max(0.001, value).toFixed(3));
  return new Set(shown).size === 1 ? `${shown[0]}` : `[${shown.join(", ")}]`;
}

const notNames: ReadonlySet<string> = new Set([...reservedWords, ...unitNames, "width", "in"]);

/** Whether a text can stand as a word of the language. */
export function isName(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(text) && !notNames.has(text);
}

/** The inside of a string literal. */
function escaped(text: string): string {
  return text.replace(/[\\"]/g, "\\$&").replace(/[\r\n\t]/g, " ");
}

import { type Diagnostic, error, exitCodes, LeracError } from "../diagnostics/index.js";
import type {
  DataProgram,
  DataSource,
  ImageSample,
  SampleProgram,
  ScaleProgram,
  SplitProgram,
  TableSource,
  TransformProgram,
  UnreadSource,
  UnreadTransform,
  WordsTransform,
} from "../program/types.js";
import { quoted } from "./problems.js";

/** The data of a program, as far as this version can read them. */
export type ReadableData = ReadableImages | ReadableTable;

/** Images with classes. */
export interface ReadableImages extends DataProgram {
  readonly source: Exclude<DataSource, TableSource | UnreadSource>;
  readonly sample: ImageSample;
  readonly classes: number;
  readonly train: ReadableSplit;
  readonly val: ReadableSplit | null;
  readonly test: ReadableSplit | null;
}

/** Rows of text or numbers, each with a class or a number to be learned. */
export interface ReadableTable extends DataProgram {
  readonly source: TableSource;
  readonly sample: Extract<SampleProgram, { kind: "features" | "tokens" }>;
  readonly train: ReadableSplit;
  readonly val: ReadableSplit | null;
  readonly test: ReadableSplit | null;
}

export interface ReadableSplit extends SplitProgram {
  readonly transforms: readonly ReadableTransform[];
}

export type ReadableTransform = Exclude<TransformProgram, UnreadTransform>;

const readableSources: readonly string[] = ["idx", "image_folder", "csv", "tsv", "jsonl"];
const readableTransforms: readonly string[] = ["shift", "flip", "resize", "words"];

export function holdsImages(data: ReadableData): data is ReadableImages {
  return data.sample.kind === "image";
}

/** How the texts of a split become numbers; null where there is no text. */
export function wordsOfSplit({ transforms }: ReadableSplit): WordsTransform | null {
  return transforms.find((transform) => transform.kind === "words") ?? null;
}

/**
 * The data of a program that can be read. What can only be checked and planned so far is said before anything is
 * opened.
 * @throws LeracError L0316, exit "missing"
 */
export function requireReadable(data: DataProgram): ReadableData {
  const problem = unreadPart(data);
  if (problem !== null) throw new LeracError(exitCodes.missing, [problem]);
  return data as ReadableData;
}

/** The first thing this version can't read, as a diagnostic; null when it can read all. */
export function unreadPart(data: DataProgram): Diagnostic | null {
  const say = (what: string, note: string) =>
    error("L0316", `${what} is not built yet`, {
      at: { place: `dataset ${quoted(data.name)}` },
      notes: [note],
    });
  if (!readableSources.includes(data.source.kind)) {
    return say(`reading \`${data.source.kind}\``, `sources with a reader: ${readableSources.join(", ")}`);
  }
  for (const split of [data.train, data.val, data.test]) {
    const unread = split?.transforms.find(({ kind }) => !readableTransforms.includes(kind));
    if (unread !== undefined) {
      return say(
        `the transform \`${unread.kind}\``,
        `transforms that are carried out: ${readableTransforms.join(", ")}`,
      );
    }
    if (split?.by !== undefined) return say("splitting by groups", `\`by: ${split.by}\` keeps them together`);
  }
  if (data.folds !== undefined) return say("training by folds", "splits without `folds` can be run");
  if (estimated(data.scale)) return say("`scale` with `per`", "`range(low, high)` scales raw bytes");
  if (data.sample.kind === "features" && data.scale?.kind === "range")
    return say("`scale range` of rows of numbers", "`standard(mean: …, std: …)` scales them");
  return data.classes === null && data.sample.kind === "image"
    ? say("training towards a number from images", "a target with `classes` can be run")
    : null;
}

function estimated(scale: ScaleProgram | null): boolean {
  return scale?.kind === "range" && scale.per !== undefined;
}

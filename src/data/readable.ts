import { type Diagnostic, error, exitCodes, LeracError } from "../diagnostics/index.js";
import type {
  AudioSource,
  DataProgram,
  DataSource,
  ImageSample,
  ImageTransform,
  SampleProgram,
  SoundTransform,
  SplitProgram,
  TableSource,
  TransformProgram,
  UnreadSource,
  UnreadTransform,
  WordsTransform,
} from "../program/types.js";
import { quoted } from "./problems.js";

/** The data of a program, as far as this version can read them. */
export type ReadableData = ReadableImages | ReadableSound | ReadableTable;

/** Data whose splits have just transforms that are carried out. */
interface Readable<T extends ReadableTransform> extends DataProgram {
  readonly train: ReadableSplit<T>;
  readonly val: ReadableSplit<T> | null;
  readonly test: ReadableSplit<T> | null;
}

/** Images with classes. */
export interface ReadableImages extends Readable<ImageTransform> {
  readonly source: Exclude<DataSource, AudioSource | TableSource | UnreadSource>;
  readonly sample: ImageSample;
  readonly classes: number;
}

/** Recordings with classes, which the model takes as they are or as spectrograms. */
export interface ReadableSound extends Readable<SoundTransform> {
  readonly source: AudioSource;
  readonly sample: SoundSample;
  readonly classes: number;
}

/** Rows of text or numbers, each with a class or a number to be learned. */
export interface ReadableTable extends Readable<WordsTransform> {
  readonly source: TableSource;
  readonly sample: Extract<SampleProgram, { kind: "features" | "tokens" }>;
}

export type SoundSample = Extract<SampleProgram, { kind: "audio" | "spectrogram" }>;

export interface ReadableSplit<T extends ReadableTransform = ReadableTransform> extends SplitProgram {
  readonly transforms: readonly T[];
}

export type ReadableTransform = Exclude<TransformProgram, UnreadTransform>;

const readableSources: readonly string[] = [
  ...["idx", "image_folder"],
  ...["audio_folder", "esc50", "crema_d"],
  ...["csv", "tsv", "jsonl"],
];
/** Sources that can say which samples belong together, and be divided into folds. */
const groupingSources: readonly string[] = ["esc50", "crema_d"];
const readableTransforms: readonly string[] = [
  ...["shift", "flip", "resize"],
  ...["fit", "resample", "stft", "mel", "power", "log"],
  ...["noise", "time_shift", "speed", "time_mask", "band_mask"],
  "words",
];

export function holdsImages(data: ReadableData): data is ReadableImages {
  return data.sample.kind === "image";
}

export function holdsSound(data: ReadableData): data is ReadableSound {
  return data.sample.kind === "audio" || data.sample.kind === "spectrogram";
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
    if (split?.by !== undefined && !groupingSources.includes(data.source.kind))
      return say(
        `splitting \`${data.source.kind}\` by groups`,
        `\`by: ${split.by}\` keeps them together; so far with ${groupingSources.join(" and ")}`,
      );
  }
  if (data.folds !== undefined && !groupingSources.includes(data.source.kind))
    return say(`training by folds of \`${data.source.kind}\``, "splits without `folds` can be run");
  return unreadScale(data, say) ?? unreadTarget(data, say);
}

type Say = (what: string, note: string) => Diagnostic;

function unreadScale({ scale, sample }: DataProgram, say: Say): Diagnostic | null {
  if (scale?.kind !== "range") return null;
  const sound = sample.kind === "audio" || sample.kind === "spectrogram";
  if (sound && scale.per === "sample") return null;
  if (scale.per !== undefined)
    return say(
      `\`scale\` with \`per: ${scale.per}\``,
      sound ? "`per: sample` scales each recording by itself" : "`range(low, high)` scales raw bytes",
    );
  if (sample.kind === "image") return null;
  return say(
    `\`scale range\` of ${sound ? "sound without `per: sample`" : "rows of numbers"}`,
    "`standard(mean: …, std: …)` scales them",
  );
}

function unreadTarget({ classes, sample }: DataProgram, say: Say): Diagnostic | null {
  if (classes !== null || sample.kind === "features" || sample.kind === "tokens") return null;
  const what = sample.kind === "image" ? "images" : "recordings";
  return say(`training towards a number from ${what}`, "a target with `classes` can be run");
}

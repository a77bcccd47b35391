import { type Diagnostic, error, exitCodes, LeracError } from "../diagnostics/index.js";
import type {
  DataProgram,
  DataSource,
  ImageSample,
  ScaleProgram,
  SplitProgram,
  TransformProgram,
  UnreadSource,
  UnreadTransform,
} from "../program/types.js";
import { quoted } from "./problems.js";

/** The data of a program, as far as this version can read them: images with classes, in the formats that have a reader. */
export interface ReadableData extends DataProgram {
  readonly source: Exclude<DataSource, UnreadSource>;
  readonly sample: ImageSample;
  readonly classes: number;
  readonly train: ReadableSplit;
  readonly val: ReadableSplit | null;
  readonly test: ReadableSplit | null;
}

export interface ReadableSplit extends SplitProgram {
  readonly transforms: readonly ReadableTransform[];
}

export type ReadableTransform = Exclude<TransformProgram, UnreadTransform>;

const readableSources: readonly string[] = ["idx", "image_folder"];
const readableTransforms: readonly string[] = ["shift", "flip", "resize"];

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
  return data.classes === null
    ? say("training towards a number", "a target with `classes` can be run")
    : null;
}

function estimated(scale: ScaleProgram | null): boolean {
  return scale?.kind === "range" && scale.per !== undefined;
}

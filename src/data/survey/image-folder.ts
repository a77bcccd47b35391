import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { forEachConcurrently } from "../concurrency.js";
import { damaged } from "../problems.js";
import { loadSharp } from "../sharp.js";
import { walkFiles } from "../sources/file_tree.js";
import { imageKind } from "../sources/image_kind.js";
import { type ImageFolderSurvey, meanAndStd } from "./survey.js";

/** What folders of parts are called. */
const partNames: ReadonlySet<string> = new Set([
  "train",
  "training",
  "val",
  "valid",
  "validation",
  "test",
  "testing",
]);
/** Images that are looked into, spread over all; more would only take longer. */
const maximumLooked = 400;
const decoders = 4;

interface ClassFolder {
  readonly name: string;
  readonly files: readonly string[];
}

/** FOLDER/CLASS/IMAGE or FOLDER/PART/CLASS/IMAGE; null where there is nothing of the kind. */
export async function surveyImageFolder(folder: string): Promise<ImageFolderSurvey | null> {
  const names = await folderNames(folder);
  const parts = new Map<string, readonly ClassFolder[]>();
  for (const name of names.filter((candidate) => partNames.has(candidate.toLowerCase()))) {
    const classes = await classFolders(join(folder, name));
    if (classes.length >= 2) parts.set(name, classes);
  }
  if (parts.size === 0) {
    const classes = await classFolders(folder);
    if (classes.length < 2) return null;
    parts.set("all", classes);
  }
  const classNames = [
    ...new Set([...parts.values()].flatMap((classes) => classes.map(({ name }) => name))),
  ].sort();
  const trained = [...parts].find(([name]) => /^(train|training|all)$/i.test(name)) ?? [...parts][0];
  const files = (trained?.[1] ?? []).flatMap((folders) => folders.files);
  return {
    kind: "image_folder",
    classNames,
    parts: new Map(
      [...parts].map(([name, classes]) => [name, classes.reduce((n, c) => n + c.files.length, 0)]),
    ),
    ...(await lookInto(files)),
  };
}

async function lookInto(files: readonly string[]) {
  const sharp = await loadSharp();
  const step = Math.max(1, files.length / maximumLooked);
  const chosen = Array.from(
    { length: Math.min(files.length, maximumLooked) },
    (_, i) => files[Math.floor(i * step)] as string,
  );
  const sizes: { height: number; width: number }[] = [];
  const moments: { mean: number; square: number }[][] = [];
  await forEachConcurrently(chosen.length, decoders, async (i) => {
    const path = chosen[i] as string;
    try {
      const image = sharp(path, { failOn: "error", ignoreIcc: true, limitInputPixels: 100e6 });
      const { height, width } = await image.metadata();
      const stats = await image.toColourspace("srgb").removeAlpha().stats();
      sizes[i] = { height, width };
      moments[i] = stats.channels.map(({ mean, stdev }) => ({
        mean: mean / 255,
        square: (stdev ** 2 + mean ** 2) / 255 ** 2,
      }));
    } catch (error) {
      throw damaged(
        path,
        `can't be decoded: ${error instanceof Error ? (error.message.split("\n")[0] ?? "") : "unknown reason"}`,
      );
    }
  });
  const { height = 0, width = 0 } = sizes[0] ?? {};
  const channels = moments.every((channel) => channel.length < 3) ? 1 : 3;
  const statistics = Array.from({ length: channels }, (_, c) => {
    const of = moments.map((image) => image[c] ?? image[0] ?? { mean: 0, square: 0 });
    const total = (pick: "mean" | "square") => of.reduce((sum, moment) => sum + moment[pick], 0);
    return meanAndStd(of.length, total("mean"), total("square"));
  });
  return {
    height,
    width,
    channels: channels as 1 | 3,
    oneSize:
      chosen.length === files.length && sizes.every((size) => size.height === height && size.width === width),
    mean: statistics.map(({ mean }) => mean),
    std: statistics.map(({ std }) => std),
  };
}

/** The folders in a folder that hold images, in them or further down. */
async function classFolders(folder: string): Promise<ClassFolder[]> {
  const found: ClassFolder[] = [];
  for (const name of await folderNames(folder)) {
    const files = (await walkFiles(join(folder, name), "pass over"))
      .filter((entry) => imageKind(entry.name) === "read")
      .map(({ path }) => path);
    if (files.length > 0) found.push({ name, files });
  }
  return found;
}

async function folderNames(folder: string): Promise<string[]> {
  const entries: Dirent[] = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith("."))
    .map((entry) => entry.name)
    .sort();
}

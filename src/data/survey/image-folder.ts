import { forEachConcurrently } from "../concurrency.js";
import { damaged } from "../problems.js";
import { loadSharp } from "../sharp.js";
import { imageKind } from "../sources/image_kind.js";
import type { Budget } from "./budget.js";
import { findClasses } from "./class-layout.js";
import { type ImageFolderSurvey, meanAndStd } from "./survey.js";

/** Images that are looked into, spread over all; more would only take longer. */
const maximumLooked = 400;
const decoders = 4;

/** FOLDER/CLASS/IMAGE or FOLDER/PART/CLASS/IMAGE; null where there is nothing of the kind. */
export async function surveyImageFolder(folder: string, budget: Budget): Promise<ImageFolderSurvey | null> {
  const found = await findClasses(folder, (path) => imageKind(path) === "read", budget);
  if (found === null) return null;
  const { classNames, parts, trained } = found;
  return { kind: "image_folder", classNames, parts, ...(await lookInto(trained)) };
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

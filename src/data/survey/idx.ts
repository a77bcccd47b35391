import { fail } from "../../diagnostics/index.js";
import { type IdxHeader, locateIdxFile, readIdxFile, readIdxHeader } from "../sources/idx_file.js";
import { type IdxSurvey, meanAndStd } from "./survey.js";

/** Images that mean and standard deviation are taken of; the first ones, since IDX data come shuffled. */
const maximumImages = 5000;

/** The four files of MNIST's custom, or the two of its training part; null where they are not there. */
export async function surveyIdx(folder: string): Promise<IdxSurvey | null> {
  const train = await headers(folder, "train");
  if (train === null) return null;
  const test = await headers(folder, "t10k");
  const [height = 0, width = 0] = train.images.size;
  if (train.images.count === 0 || height * width === 0) {
    throw fail("missing", "L0305", `${train.images.path} holds no images`, {
      at: { place: train.images.path },
    });
  }
  const labels = (await readIdxFile(train.labels)).subarray(train.labels.headerBytes);
  const pixels = (await readIdxFile(train.images)).subarray(
    train.images.headerBytes,
    train.images.headerBytes + Math.min(train.images.count, maximumImages) * height * width,
  );
  let sum = 0;
  let squares = 0;
  for (const value of pixels) {
    sum += value;
    squares += value * value;
  }
  const { mean, std } = meanAndStd(pixels.length, sum / 255, squares / 255 ** 2);
  return {
    kind: "idx",
    height,
    width,
    channels: 1,
    classes: Math.max(2, labels.reduce((most, label) => Math.max(most, label), 0) + 1),
    parts: new Map([
      ["train", train.images.count],
      ...(test === null ? [] : [["test", test.images.count] as const]),
    ]),
    mean: [mean],
    std: [std],
  };
}

async function headers(
  folder: string,
  prefix: string,
): Promise<{ images: IdxHeader; labels: IdxHeader } | null> {
  const images = await locateIdxFile(folder, prefix, "images");
  const labels = await locateIdxFile(folder, prefix, "labels");
  if (images === null || labels === null) return null;
  return { images: await readIdxHeader(images, "images"), labels: await readIdxHeader(labels, "labels") };
}

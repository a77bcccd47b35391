import { ImagesOnDemand, imageBytes } from "../images.js";
import { damaged, mismatch, type Purpose } from "../problems.js";
import type { ReadableImages } from "../readable.js";
import { readStart, withFile } from "../sources/files.js";
import { readIdxFile, readIdxHeader } from "../sources/idx_file.js";
import { decodeImage, type ImageTarget, readImageFile } from "../sources/image_file.js";
import { imageFiles } from "../sources/image_kind.js";
import type { Content } from "../sources/source.js";
import { resizesImages } from "../transforms/index.js";
import { resizeGrey } from "../transforms/resize.js";
import { inputFiles, type Sought } from "./input_files.js";
import { otherKind } from "./kinds.js";

interface Item {
  readonly name: string;
  decode(): Promise<Uint8Array>;
}

/** The images in files, IDX files and folders (with those in it); decoded when they are used. */
export async function readImages(
  data: ReadableImages,
  paths: readonly string[],
  purpose: Purpose,
): Promise<{ readonly names: readonly string[]; readonly content: Content }> {
  const items: Item[] = [];
  const resize = resizesImages(purpose, data[purpose.split] ?? data.train, data.sample);
  for (const path of paths) for (const item of await itemsOf(path, data, resize)) items.push(item);
  const images = new ImagesOnDemand(items.length, imageBytes(data.sample), (i) =>
    (items[i] as Item).decode(),
  );
  return { names: items.map(({ name }) => name), content: { kind: "images", images } };
}

async function itemsOf(path: string, data: ReadableImages, resize: boolean): Promise<readonly Item[]> {
  const files = await inputFiles(path, soughtImages);
  const items: Item[] = [];
  for (const file of files) {
    if (await isIdx(file)) for (const item of await idxItems(file, data, resize)) items.push(item);
    else items.push(imageItem(file, data, resize));
  }
  return items;
}

const soughtImages: Sought = {
  files: imageFiles,
  also: /images[-.]idx3-ubyte(\.gz)?$/,
  endings: "jpg, jpeg, png, webp, gif, tif, tiff and IDX files",
};

/** By content: an IDX file begins with 0x000008, and no image is gzipped. */
async function isIdx(path: string): Promise<boolean> {
  const start = await withFile(path, async (file) => await readStart(file, 3));
  return start.equals(Buffer.of(0, 0, 8)) || start.subarray(0, 2).equals(Buffer.of(0x1f, 0x8b));
}

async function idxItems(path: string, data: ReadableImages, resize: boolean): Promise<readonly Item[]> {
  const header = await readIdxHeader(path, "images");
  const { sample } = data;
  const [height = 0, width = 0] = header.size;
  if (sample.channels !== 1)
    throw mismatch(path, `IDX images are grey, but the model takes ${sample.channels} channels`);
  if (header.size.includes(0)) throw damaged(path, "holds images without pixels");
  if (!resize && (height !== sample.height || width !== sample.width))
    throw mismatch(
      path,
      `images are ${height}x${width}, but the model takes ${sample.height}x${sample.width}`,
    );
  const pixels = (await readIdxFile(header)).subarray(header.headerBytes);
  const stored = { height, width, channels: 1 };
  return Array.from({ length: header.count }, (_, i) => ({
    name: `${path}[${i}]`,
    decode: () => resizeGrey(pixels.subarray(i * height * width, (i + 1) * height * width), stored, sample),
  }));
}

function imageItem(path: string, data: ReadableImages, resize: boolean): Item {
  const other = otherKind(path, data);
  if (other !== null) throw other;
  const target: ImageTarget = { shape: data.sample, resize };
  return { name: path, decode: async () => decodeImage(path, await readImageFile(path), target) };
}

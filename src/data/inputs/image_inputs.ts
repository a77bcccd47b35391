import { type Dirent, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fail } from "../../diagnostics/index.js";
import { ImagesOnDemand, imageBytes } from "../images.js";
import { damaged, empty, mismatch, type Purpose, quoted, unreadable } from "../problems.js";
import type { ReadableImages } from "../readable.js";
import { readStart, withFile } from "../sources/files.js";
import { readIdxFile, readIdxHeader } from "../sources/idx_file.js";
import { decodeImage, type ImageTarget, readImageFile } from "../sources/image_file.js";
import { imageKind } from "../sources/image_listing.js";
import type { Content } from "../sources/source.js";
import { resizesImages } from "../transforms/index.js";
import { resizeGrey } from "../transforms/resize.js";
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
  if (path === "-")
    throw fail("usage", "L0920", "images are read from files, not from standard input", {
      at: { place: "-" },
      helps: ["name the files, or a folder with them"],
    });
  const files = isFolder(path) ? await filesBelow(path) : [path];
  if (files.length === 0)
    throw empty(`there is no image in ${quoted(path)}`, path, [
      "images are jpg, jpeg, png, webp, gif, tif, tiff and IDX files, also in folders below it",
    ]);
  const items: Item[] = [];
  for (const file of files) {
    if (await isIdx(file)) for (const item of await idxItems(file, data, resize)) items.push(item);
    else items.push(imageItem(file, data, resize));
  }
  return items;
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    // What is not there is said when it is opened.
    return false;
  }
}

/** Image and IDX files in a folder and those below, each folder's in order of name; hidden ones are passed over. */
async function filesBelow(folder: string): Promise<string[]> {
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    throw unreadable(folder, error);
  }
  const files: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith(".")) continue;
    const path = join(folder, entry.name);
    // Links to folders may go in a circle: only real folders are entered.
    if (entry.isDirectory()) files.push(...(await filesBelow(path)));
    else if (imageKind(entry.name) === "not read")
      throw damaged(path, "is an image in a format that is not read");
    else if (imageKind(entry.name) === "read" || idxImages.test(entry.name)) files.push(path);
  }
  return files;
}

const idxImages = /images[-.]idx3-ubyte(\.gz)?$/;

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

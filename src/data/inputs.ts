import { type Dirent, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Batch } from "../engine/executor.js";
import type { DataProgram } from "../program/types.js";
import { type Decoder, decodeAll, type ImageShape, imageBytes } from "./images.js";
import { damaged, empty, mismatch, quoted, unreadable } from "./problems.js";
import { type ReadableData, requireReadable } from "./readable.js";
import { applyScale, scaleTable } from "./scale.js";
import { readStart, withFile } from "./sources/files.js";
import { readIdxFile, readIdxHeader } from "./sources/idx_file.js";
import { decodeImage, type ImageTarget, readImageFile } from "./sources/image_file.js";
import { imageKind } from "./sources/image_listing.js";
import { resizesImages } from "./transforms/index.js";
import { resizeGrey } from "./transforms/resize.js";

/** Samples that somebody brings, without labels. */
export interface Inputs {
  /** How each is called: its path as given, and in a file of many `PATH[INDEX]`. */
  readonly names: readonly string[];
  /** All of them in order, decoded, resized and scaled as the dataset's are; the last batch may be smaller. */
  batches(size: number, input: string): AsyncGenerator<Batch, void>;
}

interface Item {
  readonly name: string;
  decode(): Promise<Uint8Array>;
}

/**
 * The images in files, IDX files and folders (with those in it), as the model of a program takes them.
 * @throws LeracError L0305 for what is not there or can't be read, L0306 where the size is another and the dataset does
 *   not resize, L0307 where a folder holds none, L0316 for a program whose samples have no reader
 */
export async function openInputs(program: DataProgram, paths: readonly string[]): Promise<Inputs> {
  const data = requireReadable(program);
  const items: Item[] = [];
  for (const path of paths) for (const item of await itemsOf(path, data)) items.push(item);
  const { sample } = data;
  const scale = scaleTable(data.name, data.scale, sample.channels);
  return {
    names: items.map(({ name }) => name),
    async *batches(size, input) {
      for (let start = 0; start < items.length; start += size) {
        const group = items.slice(start, start + size);
        const decode: Decoder = (i) => (group[i] as Item).decode();
        const pixels = await decodeAll(group.length, imageBytes(sample), decode);
        yield batchOf(group.length, pixels, sample, scale, input);
      }
    },
  };
}

function batchOf(
  size: number,
  pixels: Uint8Array,
  { height, width, channels }: ImageShape,
  scale: Float32Array,
  input: string,
): Batch {
  const values = new Float32Array(pixels.length);
  applyScale(pixels, scale, channels, values);
  const shape = [size, height, width, channels];
  return { size, inputs: new Map([[input, { shape, values }]]), labels: new Int32Array(0) };
}

async function itemsOf(path: string, data: ReadableData): Promise<readonly Item[]> {
  const files = isFolder(path) ? await filesBelow(path) : [path];
  if (files.length === 0)
    throw empty(`there is no image in ${quoted(path)}`, path, [
      "images are jpg, jpeg, png, webp, gif, tif, tiff and IDX files, also in folders below it",
    ]);
  const items: Item[] = [];
  for (const file of files) {
    if (await isIdx(file)) for (const item of await idxItems(file, data)) items.push(item);
    else items.push(imageItem(file, data));
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

async function idxItems(path: string, data: ReadableData): Promise<readonly Item[]> {
  const header = await readIdxHeader(path, "images");
  const { sample } = data;
  const [height = 0, width = 0] = header.size;
  if (sample.channels !== 1)
    throw mismatch(path, `IDX images are grey, but the model takes ${sample.channels} channels`);
  if (header.size.includes(0)) throw damaged(path, "holds images without pixels");
  if (!resizes(data) && (height !== sample.height || width !== sample.width))
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

function imageItem(path: string, data: ReadableData): Item {
  const target: ImageTarget = { shape: data.sample, resize: resizes(data) };
  return { name: path, decode: async () => decodeImage(path, await readImageFile(path), target) };
}

/** As the samples that are measured: of `test`, or of what there is. */
function resizes(data: ReadableData): boolean {
  const name = data.test !== null ? "test" : data.val !== null ? "val" : "train";
  const split = data[name] ?? data.train;
  return resizesImages({ data: data.name, split: name }, split, data.sample);
}

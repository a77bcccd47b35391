import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import sharp from "sharp";
import type { DataProgram } from "../../src/program/types.js";
import { dataOf, temporaryFolder } from "./fixtures.js";

export const classes = ["bag", "coat", "dress"];

/** Real images: 28 x 28 grey pixels of the first test samples of fashion-mini. */
export const fashion = gunzipSync(
  readFileSync(
    fileURLToPath(new URL("../../examples/data/fashion-mini/t10k-images-idx3-ubyte.gz", import.meta.url)),
  ),
).subarray(16);

export function fashionImage(i: number): Buffer {
  return fashion.subarray(784 * i, 784 * (i + 1));
}

export function png(pixels: Uint8Array, height: number, width: number, channels: 1 | 3 | 4): Promise<Buffer> {
  return sharp(pixels, { raw: { height, width, channels } }).png().toBuffer();
}

export function write(path: string, bytes: Uint8Array | string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}

/** Makes every class folder of a part. */
export function makeClasses(folder: string, part: string): void {
  for (const name of classes) mkdirSync(join(folder, part, name), { recursive: true });
}

export const grey28 = { kind: "image", height: 28, width: 28, channels: 1 } as const;

export function program(options: Partial<DataProgram> = {}): DataProgram {
  return dataOf({ source: { kind: "image_folder", path: "data" }, sample: grey28, ...options });
}

/** A folder whose train part has one class folder each and, as `coat/a.png`, these bytes. */
export async function folderWith(bytes: Uint8Array | string, name = "a.png"): Promise<string> {
  const folder = temporaryFolder();
  makeClasses(folder, "train");
  write(join(folder, "train", "bag", "good.png"), await png(fashionImage(0), 28, 28, 1));
  write(join(folder, "train", "coat", name), bytes);
  return folder;
}

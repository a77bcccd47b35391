import { access } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip as gunzipCallback, constants as zlibConstants } from "node:zlib";
import { formatBytes, formatCount } from "../../base/format.js";
import { damaged } from "../problems.js";
import { readStart, withFile } from "./files.js";

const gunzip = promisify(gunzipCallback);

/**
 * One file of the IDX format (LeCun, Cortes, Burges: "The MNIST database of handwritten digits"): big-endian 32-bit
 * magic number 0x000008DD with DD dimensions of unsigned bytes, the dimensions, the bytes; plain or gzipped.
 */
export type IdxContent = "images" | "labels";

const formats = {
  images: { magic: 2051, dimensions: 3, suffix: "idx3-ubyte" },
  labels: { magic: 2049, dimensions: 1, suffix: "idx1-ubyte" },
} as const;

/** `readFile` ends at 2 GiB, and no data set in this format comes near. */
const LARGEST_FILE = 2 ** 31 - 1;
/** Enough for a gzip header with a file name and an IDX header; inflated it stays below 5 MB (deflate: 1,032 : 1). */
const START_LENGTH = 4096;

export interface IdxHeader {
  readonly path: string;
  readonly content: IdxContent;
  /** Number of images or labels. */
  readonly count: number;
  /** Of images: height, width. */
  readonly size: readonly number[];
  readonly headerBytes: number;
  /** Length of the whole file, inflated, as the header promises it. */
  readonly totalBytes: number;
  readonly gzipped: boolean;
}

/** The name without .gz, as it enters digests: the same however the file is packed and spelt. */
export function idxFileName(prefix: string, content: IdxContent): string {
  return `${prefix}-${content}-${formats[content].suffix}`;
}

/** The path of `train-images-idx3-ubyte`, `train-images.idx3-ubyte` or one of them with .gz; null if none is there. */
export async function locateIdxFile(
  folder: string,
  prefix: string,
  content: IdxContent,
): Promise<string | null> {
  const { suffix } = formats[content];
  for (const packing of ["", ".gz"]) {
    for (const joint of ["-", "."]) {
      const path = join(folder, `${prefix}-${content}${joint}${suffix}${packing}`);
      if (await exists(path)) return path;
    }
  }
  return null;
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    // A file that is there but closed to us is reported when it is opened, with the reason.
    return error instanceof Error && "code" in error && error.code !== "ENOENT" && error.code !== "ENOTDIR";
  }
}

/** Reads and checks the header alone; of a gzipped file only the first 4 kB are inflated. L0305 if it is damaged. */
export async function readIdxHeader(path: string, content: IdxContent): Promise<IdxHeader> {
  return withFile(path, async (file, length) => {
    const start = await readStart(file, START_LENGTH);
    const gzipped = start[0] === 0x1f && start[1] === 0x8b;
    const header = parseHeader(path, content, gzipped ? await inflateStart(path, start) : start, gzipped);
    if (!gzipped) checkLength(header, length);
    return header;
  });
}

/** The beginning of a gzip stream that is cut anywhere. */
async function inflateStart(path: string, start: Buffer): Promise<Buffer> {
  try {
    return await gunzip(start, { finishFlush: zlibConstants.Z_SYNC_FLUSH });
  } catch (error) {
    throw gzipProblem(path, error);
  }
}

function parseHeader(path: string, content: IdxContent, start: Buffer, gzipped: boolean): IdxHeader {
  const format = formats[content];
  const headerBytes = 4 + 4 * format.dimensions;
  const magic = start.length < 4 ? null : start.readUInt32BE(0);
  if (magic !== null && magic !== format.magic) {
    const other = content === "images" ? "labels" : "images";
    const problem =
      magic === formats[other].magic
        ? `holds ${other}, not ${content}`
        : `is not an IDX file of ${content}: it begins with ${hex(magic)}, not ${hex(format.magic)}`;
    throw damaged(path, problem);
  }
  if (start.length < headerBytes) {
    const found = `${formatCount(start.length)} found`;
    throw damaged(path, `is truncated: its header alone has ${headerBytes} bytes, ${found}`);
  }
  const dimensions = Array.from({ length: format.dimensions }, (_, i) => start.readUInt32BE(4 + 4 * i));
  // As float64 the product is exact below 2^53 and far above the limit where it is not: nothing wraps around.
  const totalBytes = headerBytes + dimensions.reduce((product, dimension) => product * dimension, 1);
  const header: IdxHeader = {
    path,
    content,
    count: dimensions[0] as number,
    size: dimensions.slice(1),
    headerBytes,
    totalBytes,
    gzipped,
  };
  if (totalBytes > LARGEST_FILE) {
    const promise = `its header promises ${describePromise(header)}, ${formatBytes(totalBytes)}`;
    throw damaged(path, `is garbled or too large: ${promise}; the limit is ${formatBytes(LARGEST_FILE)}`);
  }
  return header;
}

function hex(word: number): string {
  return `0x${word.toString(16).padStart(8, "0")}`;
}

function describePromise({ content, count, size }: IdxHeader): string {
  return content === "images"
    ? `${formatCount(count)} images of ${size.map(formatCount).join(" x ")}`
    : `${formatCount(count)} labels`;
}

/** The whole file, inflated, header included, with exactly the length its header promises; L0305 otherwise. */
export async function readIdxFile(header: IdxHeader): Promise<Buffer> {
  const stored = await withFile(header.path, async (file, length) => {
    if (length > LARGEST_FILE) {
      const limit = formatBytes(LARGEST_FILE);
      throw damaged(header.path, `is too large: ${formatBytes(length)}; the limit is ${limit}`);
    }
    return file.readFile();
  });
  const bytes = header.gzipped ? await inflate(header, stored) : stored;
  checkLength(header, bytes.length);
  return bytes;
}

async function inflate(header: IdxHeader, stored: Buffer): Promise<Buffer> {
  try {
    return await gunzip(stored, { maxOutputLength: header.totalBytes });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE") {
      const expected = formatCount(header.totalBytes);
      throw damaged(header.path, `inflates to more than the ${expected} bytes its header promises`, [
        `the header promises ${describePromise(header)}`,
      ]);
    }
    throw gzipProblem(header.path, error);
  }
}

function gzipProblem(path: string, error: unknown): unknown {
  if (!(error instanceof Error && "code" in error && String(error.code).startsWith("Z_"))) return error;
  return error.code === "Z_BUF_ERROR"
    ? damaged(path, "is truncated: its gzip stream ends early")
    : damaged(path, `is damaged: its gzip stream has an ${error.message}`);
}

function checkLength(header: IdxHeader, length: number): void {
  if (length === header.totalBytes) return;
  const problem = length < header.totalBytes ? "is truncated" : "is longer than its header promises";
  const numbers = `${formatCount(header.totalBytes)} bytes expected, ${formatCount(length)} found`;
  throw damaged(header.path, `${problem}: ${numbers}`, [`the header promises ${describePromise(header)}`]);
}

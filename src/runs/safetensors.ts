import { type FileHandle, open } from "node:fs/promises";
import { endianness } from "node:os";
import { InternalError, invariant } from "../base/invariant.js";
import { fail } from "../diagnostics/index.js";
import { floatFormats } from "./float-formats.js";
import {
  damaged,
  encodeHeader,
  headerLength,
  parseHeader,
  prefixBytes,
  type SafetensorsHeader,
  type TensorEntry,
} from "./safetensors-header.js";

/** A tensor as files hold it: row-major. */
export interface StoredTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** A tensor of whole numbers, such as labels; it is read back as float32. */
export interface WholeTensor {
  readonly shape: readonly number[];
  readonly values: Int32Array;
}

export interface Safetensors {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

/** Bytes read at once; a read of Node's may not reach 2 GiB. */
const chunkBytes = 1 << 28;

/**
 * The header of a safetensors file: what is in it, without reading it.
 * @throws LeracError L0721 for a file that is missing, torn or not what the format asks for.
 */
export async function readSafetensorsHeader(path: string): Promise<SafetensorsHeader> {
  return await withFile(path, async (file, bytes) => (await readHeader(file, bytes, path)).header);
}

/**
 * A safetensors file; every number type of the format becomes float32 (see `floatFormats`).
 * @param names the tensors wanted, all when left out; names that are not in the file are skipped.
 * @throws LeracError L0721 for a file that is missing, torn or not what the format asks for.
 */
export async function readSafetensors(path: string, names?: ReadonlySet<string>): Promise<Safetensors> {
  return await withFile(path, async (file, bytes) => {
    const { header, dataStart } = await readHeader(file, bytes, path);
    const tensors = new Map<string, StoredTensor>();
    for (const [name, entry] of header.entries) {
      if (names !== undefined && !names.has(name)) continue;
      const raw = await readRange(file, dataStart + entry.begin, entry.end - entry.begin, path);
      tensors.set(name, { shape: entry.shape, values: toFloat32(raw, entry.type) });
    }
    return { metadata: header.metadata, tensors };
  });
}

/**
 * The bytes of a safetensors file with these tensors, in pieces to be written one after another: header, then
 * each tensor in the order of its name.
 */
export function encodeSafetensors(
  tensors: ReadonlyMap<string, StoredTensor | WholeTensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array[] {
  const entries = new Map<string, TensorEntry>();
  const pieces: Uint8Array[] = [];
  let position = 0;
  for (const [name, tensor] of [...tensors].sort(([a], [b]) => (a < b ? -1 : 1))) {
    invariant(name !== "__metadata__", "a tensor can't be called __metadata__");
    const size = tensor.shape.reduce((product, length) => product * length, 1);
    invariant(size === tensor.values.length, `tensor ${name} does not fit its shape`);
    const piece = float32Bytes(tensor.values);
    const type = tensor.values instanceof Int32Array ? "I32" : "F32";
    entries.set(name, { type, shape: tensor.shape, begin: position, end: position + piece.length });
    pieces.push(piece);
    position += piece.length;
  }
  return [encodeHeader({ metadata, entries }), ...pieces];
}

/** The little-endian bytes of numbers of four bytes; shares their memory where the machine is little-endian. */
export function float32Bytes(values: Float32Array | Int32Array): Uint8Array {
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return endianness() === "LE" ? bytes : Buffer.from(bytes).swap32();
}

async function withFile<T>(path: string, use: (file: FileHandle, bytes: number) => Promise<T>): Promise<T> {
  let file: FileHandle;
  try {
    file = await open(path, "r");
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === "ENOENT" ? "no such file" : "it can't be opened";
    throw fail("missing", "L0721", `the weights ${path} can't be read: ${reason}`, { at: { place: path } });
  }
  try {
    const status = await file.stat();
    if (!status.isFile()) throw damaged(path, "it is not a file");
    return await use(file, status.size);
  } finally {
    await file.close();
  }
}

async function readHeader(
  file: FileHandle,
  bytes: number,
  path: string,
): Promise<{ header: SafetensorsHeader; dataStart: number }> {
  const prefix = await readRange(file, 0, Math.min(prefixBytes, bytes), path);
  const length = headerLength(prefix, bytes, path);
  const dataStart = prefixBytes + length;
  const header = parseHeader(await readRange(file, prefixBytes, length, path), bytes - dataStart, path);
  return { header, dataStart };
}

async function readRange(file: FileHandle, start: number, length: number, path: string): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await file.read(bytes, done, Math.min(chunkBytes, length - done), start + done);
    if (bytesRead === 0) throw damaged(path, "it became shorter while it was read");
    done += bytesRead;
  }
  return bytes;
}

function toFloat32(raw: Uint8Array, type: string): Float32Array {
  if (type === "F32" && endianness() === "LE") return new Float32Array(raw.buffer, 0, raw.length / 4);
  const format = floatFormats.get(type);
  if (format === undefined) throw new InternalError(`number type ${type} passed the check of the header`);
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const values = new Float32Array(raw.length / format.bytes);
  for (let i = 0; i < values.length; i++) values[i] = format.read(view, i * format.bytes);
  return values;
}

import { canonicalJson } from "../base/canonical-json.js";
import { formatCount, printable } from "../base/format.js";
import { fail, type LeracError } from "../diagnostics/index.js";
import { floatFormats } from "./float-formats.js";

/**
 * The header of the safetensors format: 8 bytes with its length (little-endian), then JSON that gives each tensor's
 * type, shape and place in the bytes that follow. Everything a file claims is checked before anything is read by it.
 * Source: https://github.com/huggingface/safetensors, "Format".
 */
export interface SafetensorsHeader {
  readonly metadata: Readonly<Record<string, string>>;
  /** By name, in the order of the file. */
  readonly entries: ReadonlyMap<string, TensorEntry>;
}

export interface TensorEntry {
  /** Name of the number format: `F32`. */
  readonly type: string;
  readonly shape: readonly number[];
  /** Half-open range of bytes, counted from the end of the header. */
  readonly begin: number;
  readonly end: number;
}

/** Length of the field in front of the header. */
export const prefixBytes = 8;

/** What the reference implementation accepts at most. */
const largestHeader = 100_000_000;

/** The file is not what the format asks for; `found` is one clause about it. */
export function damaged(place: string, found: string): LeracError {
  return fail("missing", "L0721", `${printable(place)} is not a whole safetensors file: ${found}`, {
    at: { place },
    helps: ["copy or download the file again"],
  });
}

/**
 * Length of the header, from the first 8 bytes of a file of `fileBytes` bytes.
 * @throws LeracError L0721 when it does not fit into the file.
 */
export function headerLength(prefix: Uint8Array, fileBytes: number, place: string): number {
  if (fileBytes < prefixBytes || prefix.length < prefixBytes)
    throw damaged(
      place,
      `it has ${fileBytes} bytes, fewer than the ${prefixBytes} that give the header's length`,
    );
  const claimed = new DataView(prefix.buffer, prefix.byteOffset, prefixBytes).getBigUint64(0, true);
  if (claimed > BigInt(fileBytes - prefixBytes))
    throw damaged(
      place,
      `its header should have ${claimed} bytes, the file has only ${formatCount(fileBytes)}`,
    );
  if (claimed > BigInt(largestHeader))
    throw damaged(place, `its header has ${formatCount(Number(claimed))} bytes; the limit is 100,000,000`);
  return Number(claimed);
}

/**
 * Reads and checks the JSON of a header in front of `dataBytes` bytes of tensors.
 * @throws LeracError L0721: not JSON, a key twice, an unknown type, a shape that does not fit its bytes, ranges that
 *   overlap, leave gaps or leave the file.
 */
export function parseHeader(header: Uint8Array, dataBytes: number, place: string): SafetensorsHeader {
  const text = decode(header, place);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw damaged(place, "its header is not JSON");
  }
  if (!isRecord(json)) throw damaged(place, "its header is not a JSON object");
  const twice = repeatedKey(text);
  if (twice !== null) throw damaged(place, `its header has the key \`${printable(twice)}\` twice`);

  const metadata = parseMetadata(json.__metadata__, place);
  const entries = new Map<string, TensorEntry>();
  for (const [name, value] of Object.entries(json))
    if (name !== "__metadata__") entries.set(name, parseEntry(name, value, place));
  checkRanges(entries, dataBytes, place);
  return { metadata, entries };
}

/** The header's bytes, its length in front: keys sorted, padded with spaces to a multiple of 8. */
export function encodeHeader(header: SafetensorsHeader): Uint8Array {
  // Without a prototype: a tensor may be called `__proto__`.
  const json: Record<string, { [key: string]: string | readonly number[] }> = Object.create(null);
  for (const [name, entry] of header.entries)
    json[name] = { dtype: entry.type, shape: entry.shape, data_offsets: [entry.begin, entry.end] };
  if (Object.keys(header.metadata).length > 0) json.__metadata__ = { ...header.metadata };
  const text = new TextEncoder().encode(canonicalJson(json));
  const padded = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(prefixBytes + padded).fill(0x20, prefixBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded), true);
  bytes.set(text, prefixBytes);
  return bytes;
}

function decode(header: Uint8Array, place: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(header);
  } catch {
    throw damaged(place, "its header is not UTF-8 text");
  }
}

function parseMetadata(value: unknown, place: string): Record<string, string> {
  if (value === undefined) return {};
  if (!isRecord(value)) throw damaged(place, "its metadata are not a JSON object");
  const metadata: [string, string][] = [];
  for (const [key, entry] of Object.entries(value)) {
    if (typeof entry !== "string") throw damaged(place, `its metadata \`${printable(key)}\` are not a text`);
    metadata.push([key, entry]);
  }
  return Object.fromEntries(metadata);
}

function parseEntry(name: string, value: unknown, place: string): TensorEntry {
  const tensor = `its tensor \`${printable(name)}\``;
  if (!isRecord(value)) throw damaged(place, `${tensor} is not described by a JSON object`);
  const { dtype: type, shape, data_offsets: offsets } = value;
  const format = typeof type === "string" ? floatFormats.get(type) : undefined;
  if (typeof type !== "string" || format === undefined)
    throw damaged(
      place,
      `${tensor} has a number type that is not known: ${printable(JSON.stringify(type) ?? "none")}`,
    );
  if (!isWholeNumbers(shape))
    throw damaged(place, `${tensor} has a shape that is not a list of whole numbers`);
  if (!isWholeNumbers(offsets) || offsets.length !== 2)
    throw damaged(place, `${tensor} has data offsets that are not two whole numbers`);
  const [begin, end] = offsets as readonly [number, number];
  // Past 2^53 a product is not exact any more, but then it is far larger than any range of a file.
  const bytes = shape.reduce((product, size) => product * size, format.bytes);
  if (end - begin !== bytes)
    throw damaged(
      place,
      `${tensor} of type ${type} and shape [${shape.join(", ")}] takes ${bytes} bytes but has ${end - begin}`,
    );
  return { type, shape, begin, end };
}

/** The tensors must lie one after another over all of the data. */
function checkRanges(entries: ReadonlyMap<string, TensorEntry>, dataBytes: number, place: string): void {
  const inOrder = [...entries].sort(([, a], [, b]) => a.begin - b.begin || a.end - b.end);
  let position = 0;
  for (const [name, { begin, end }] of inOrder) {
    if (begin !== position)
      throw damaged(
        place,
        `its tensor \`${printable(name)}\` starts at byte ${begin} of the data, ${
          begin < position ? "inside of the one before" : "with a gap after the one before"
        } (which ends at ${position})`,
      );
    position = end;
  }
  if (position !== dataBytes)
    throw damaged(
      place,
      `its tensors take ${formatCount(position)} bytes, but ${formatCount(dataBytes)} follow the header`,
    );
}

/** A key that stands twice in one object of a JSON text that is known to be well-formed, or null. */
function repeatedKey(json: string): string | null {
  /** Keys seen so far of every object that is open; null for an open list. */
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < json.length; at++) {
    const character = json[at];
    if (character === "{") open.push(new Set());
    else if (character === "[") open.push(null);
    else if (character === "}" || character === "]") open.pop();
    else if (character === '"') {
      const end = stringEnd(json, at);
      if (json[afterSpace(json, end)] === ":") {
        const key = JSON.parse(json.slice(at, end)) as string;
        const keys = open.at(-1);
        if (keys?.has(key)) return key;
        keys?.add(key);
      }
      at = end - 1;
    }
  }
  return null;
}

/** The offset behind the JSON string that starts at `start`. */
function stringEnd(json: string, start: number): number {
  let at = start + 1;
  while (json[at] !== '"') at += json[at] === "\\" ? 2 : 1;
  return at + 1;
}

/** The offset of the first character at or behind `start` that is no white space of JSON. */
function afterSpace(json: string, start: number): number {
  let at = start;
  while (at < json.length && " \t\n\r".includes(json.charAt(at))) at++;
  return at;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isWholeNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((entry) => Number.isSafeInteger(entry) && entry >= 0);
}

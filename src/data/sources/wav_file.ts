import { formatBytes, formatCount } from "../../base/format.js";
import { damaged } from "../problems.js";
import type { Recording } from "../recordings.js";
import { withFile } from "./files.js";

const LARGEST_FILE = 400e6;

/** What the `fmt` chunk says. */
interface WavFormat {
  /** 1: whole numbers, 3: floating point. */
  readonly tag: number;
  readonly channels: number;
  readonly rate: number;
  /** Bytes of one moment, all channels. */
  readonly block: number;
  readonly bits: number;
}

/** A command that writes what is read here. */
export const toWav = "ffmpeg -i IN -c:a pcm_s16le OUT.wav";

/** Formats that are found and not read, by their tag. */
const otherFormats: Readonly<Record<number, string>> = {
  2: "Microsoft ADPCM",
  6: "A-law",
  7: "µ-law",
  17: "IMA ADPCM",
  49: "GSM 6.10",
  80: "MPEG",
  85: "MP3",
};

/** Numbers from −1 to 1 of the bytes at a place, by tag and bits. */
const numberAt: Readonly<Record<string, (bytes: Buffer, place: number) => number>> = {
  "1 8": (bytes, place) => (bytes.readUInt8(place) - 128) / 128,
  "1 16": (bytes, place) => bytes.readInt16LE(place) / 2 ** 15,
  "1 24": (bytes, place) => bytes.readIntLE(place, 3) / 2 ** 23,
  "1 32": (bytes, place) => bytes.readInt32LE(place) / 2 ** 31,
  "3 32": (bytes, place) => bytes.readFloatLE(place),
  "3 64": (bytes, place) => bytes.readDoubleLE(place),
};

/** The bytes of a WAV file. L0305 if they cannot be had. */
export async function readWavFile(path: string): Promise<Buffer> {
  return withFile(path, async (file, length) => {
    if (length === 0) throw damaged(path, "is empty");
    if (length > LARGEST_FILE)
      throw damaged(
        path,
        `is too large for a recording: ${formatBytes(length)}; the limit is ${formatBytes(LARGEST_FILE)}`,
      );
    return file.readFile();
  });
}

/**
 * The sound in a WAV file (RIFF WAVE; Microsoft and IBM 1991, with WAVE_FORMAT_EXTENSIBLE), the mean of its channels:
 * whole numbers of 8, 16, 24 or 32 bits become numbers from −1 to below 1, floating point is taken as it is.
 *
 * @param path for messages
 * @throws LeracError L0305 for what is no WAV file, cut short, empty or in a form that is not read
 */
export function decodeWav(path: string, bytes: Buffer): Recording {
  const { format, start, end } = findChunks(path, bytes);
  const { tag, channels, rate, block, bits } = format;
  const read = numberAt[`${tag} ${bits}`];
  if (read === undefined) throw unread(path, format);
  if (block !== (channels * bits) / 8)
    throw damaged(path, `says that ${channels} channels of ${bits} bits take ${block} bytes`);
  if ((end - start) % block !== 0) throw damaged(path, "ends in the middle of a sample");
  if (end === start) throw damaged(path, "holds no sound: it is 0 s long");
  const samples = new Float32Array((end - start) / block);
  const width = bits / 8;
  for (let i = 0; i < samples.length; i++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++)
      sum += read(bytes, start + i * block + channel * width);
    samples[i] = sum / channels;
  }
  if (tag === 3 && !samples.every(Number.isFinite)) throw damaged(path, "holds values that are no numbers");
  return { rate, samples };
}

/** The format, and where the samples begin and end. */
function findChunks(path: string, bytes: Buffer): { format: WavFormat; start: number; end: number } {
  const container = bytes.toString("latin1", 0, 4);
  if (bytes.toString("latin1", 0, 26) === "version https://git-lfs.gi")
    throw damaged(path, "is a pointer of Git LFS, not the recording itself", [
      "`git lfs pull` in its repository fetches the recordings",
    ]);
  if (!["RIFF", "RIFX", "RF64"].includes(container) || bytes.toString("latin1", 8, 12) !== "WAVE")
    throw damaged(path, "is no WAV file", ["a WAV file begins with RIFF, four bytes of length, and WAVE"]);
  if (container !== "RIFF") throw damaged(path, `is a WAV file of the kind ${container}, which is not read`);
  let format: WavFormat | null = null;
  for (let place = 12; place + 8 <= bytes.length; ) {
    const name = bytes.toString("latin1", place, place + 4);
    const length = bytes.readUInt32LE(place + 4);
    const start = place + 8;
    if (name === "fmt ") format = readFormat(path, bytes.subarray(start, start + length));
    if (name === "data") {
      if (format === null) throw damaged(path, "has sound before it says of which form");
      // Written to a pipe, a file can't know its length: it ends where it ends.
      const end = length === 0xffffffff ? wholeBlocks(start, bytes.length, format) : start + length;
      if (end > bytes.length)
        throw damaged(
          path,
          `is cut short: ${formatCount(bytes.length - start)} of ${formatCount(length)} bytes of sound are there`,
        );
      return { format, start, end };
    }
    // Chunks begin at even places.
    place = start + length + (length % 2);
  }
  throw damaged(path, format === null ? "is cut short: its header is not whole" : "has no sound in it");
}

function wholeBlocks(start: number, end: number, { block }: WavFormat): number {
  return block === 0 ? end : end - ((end - start) % block);
}

function readFormat(path: string, chunk: Buffer): WavFormat {
  if (chunk.length < 16) throw damaged(path, "is cut short: its header is not whole");
  const written = chunk.readUInt16LE(0);
  // Extensible: the form stands at the beginning of a longer identifier.
  const tag = written === 0xfffe && chunk.length >= 26 ? chunk.readUInt16LE(24) : written;
  const format: WavFormat = {
    tag,
    channels: chunk.readUInt16LE(2),
    rate: chunk.readUInt32LE(4),
    block: chunk.readUInt16LE(12),
    bits: chunk.readUInt16LE(14),
  };
  if (format.channels === 0) throw damaged(path, "says that it has no channels");
  if (format.rate < 100 || format.rate > 768_000)
    throw damaged(path, `says that its sampling rate is ${formatCount(format.rate)} Hz`);
  return format;
}

function unread(path: string, { tag, bits }: WavFormat) {
  const what =
    tag === 1 || tag === 3
      ? `${tag === 1 ? "whole numbers" : "floating point"} of ${bits} bits`
      : (otherFormats[tag] ?? `form 0x${tag.toString(16)}`);
  return damaged(path, `holds sound as ${what}, which is not read`, [
    "read are whole numbers (PCM) of 8, 16, 24 and 32 bits and floating point of 32 and 64",
    `such as \`${toWav}\` writes`,
  ]);
}

import { basename } from "node:path";
import type { Sharp, SharpOptions } from "sharp";
import { formatBytes, formatCount } from "../../base/format.js";
import { invariant } from "../../base/invariant.js";
import type { ImageShape } from "../images.js";
import { damaged, mismatch, quoted } from "../problems.js";
import { loadSharp } from "../sharp.js";
import { resizeWith } from "../transforms/resize.js";
import { withFile } from "./files.js";

const LARGEST_FILE = 256e6;
/** Bounds what a small file can unfold to: 300 MB of pixels. */
const MOST_PIXELS = 100e6;

/** By content, whatever the name says: SVG, for one, could read other files. */
const formats: ReadonlySet<string> = new Set(["jpeg", "png", "webp", "gif", "tiff"]);

/**
 * A damaged file is an error, while a mere remark of the decoder (an odd colour profile) is none. Colour profiles and
 * EXIF orientation are left aside, as the usual loaders for training do: pixels as they are stored.
 */
const decoding: SharpOptions = { failOn: "error", ignoreIcc: true, limitInputPixels: MOST_PIXELS };

/** What an image is decoded to. */
export interface ImageTarget {
  readonly shape: ImageShape;
  /** Whether an image of another size is resized or an error. */
  readonly resize: boolean;
}

/** The bytes of an image file. L0305 if they cannot be had. */
export async function readImageFile(path: string): Promise<Buffer> {
  return withFile(path, async (file, length) => {
    if (length === 0) throw damaged(path, "is empty");
    if (length > LARGEST_FILE) {
      const limit = formatBytes(LARGEST_FILE);
      throw damaged(path, `is too large for an image: ${formatBytes(length)}; the limit is ${limit}`);
    }
    return file.readFile();
  });
}

/** Checks format and size by the file's header, without decoding. L0305, or L0306 where the size is another. */
export async function checkImageHeader(path: string, bytes: Buffer, target: ImageTarget): Promise<void> {
  const sharp = await loadSharp();
  const { format, width, height } = await orDamaged(path, sharp(bytes, decoding).metadata());
  if (!formats.has(format)) throw damaged(path, `holds no jpeg, png, webp, gif or tiff, but ${format}`);
  if (width * height > MOST_PIXELS) {
    const size = `${formatCount(height)}x${formatCount(width)} pixels`;
    throw damaged(path, `is too large: ${size}; the limit is ${formatCount(MOST_PIXELS)} in all`);
  }
  const { shape, resize } = target;
  if (!resize && (height !== shape.height || width !== shape.width)) {
    const wanted = `${shape.height}x${shape.width}`;
    throw mismatch(path, `${quoted(basename(path))} is ${height}x${width}, but the model takes ${wanted}`, [
      `write \`|> resize(${shape.height}, ${shape.width})\` behind \`split(…)\``,
    ]);
  }
}

/**
 * Decodes the first frame to 8-bit pixels of the target's shape: RGB without its alpha channel, or grey. L0305 or L0306.
 */
export async function decodeImage(path: string, bytes: Buffer, target: ImageTarget): Promise<Uint8Array> {
  await checkImageHeader(path, bytes, target);
  const sharp = await loadSharp();
  const { height, width, channels } = target.shape;
  const decoded: Sharp = sharp(bytes, decoding);
  const sized = target.resize ? resizeWith(decoded, height, width) : decoded;
  const rgb = await orDamaged(
    path,
    sized.removeAlpha().toColourspace("srgb").raw({ depth: "uchar" }).toBuffer(),
  );
  invariant(rgb.length === height * width * 3, `${path} was decoded to ${rgb.length} bytes`);
  return channels === 3 ? rgb : luma(rgb);
}

/**
 * Grey by ITU-R BT.601, 0.299 R + 0.587 G + 0.114 B, in 16-bit fixed point and rounded; grey images stay what they are,
 * since the factors add up to 2^16.
 */
function luma(rgb: Uint8Array): Uint8Array {
  const grey = new Uint8Array(rgb.length / 3);
  for (let i = 0; i < grey.length; i++) {
    const red = rgb[3 * i] as number;
    const green = rgb[3 * i + 1] as number;
    const blue = rgb[3 * i + 2] as number;
    grey[i] = (19595 * red + 38470 * green + 7471 * blue + 0x8000) >> 16;
  }
  return grey;
}

async function orDamaged<T>(path: string, decoding: Promise<T>): Promise<T> {
  try {
    return await decoding;
  } catch (error) {
    // The decoder says the same thing several times over, once a line.
    const reason = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    throw damaged(path, "cannot be decoded", [`the decoder says: ${reason}`]);
  }
}

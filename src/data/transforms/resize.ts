import type { Sharp } from "sharp";
import { type ImageShape, imageBytes } from "../images.js";
import { loadSharp } from "../sharp.js";

/**
 * Adds the one resizing to a pipeline of sharp: to exactly height × width, without regard to the aspect ratio, bilinear
 * with antialiasing when it shrinks. Shrinking inside the JPEG decoder is off, so all formats give the same pixels.
 */
export function resizeWith(pipeline: Sharp, height: number, width: number): Sharp {
  return pipeline.resize(width, height, { fit: "fill", kernel: "linear", fastShrinkOnLoad: false });
}

/** Resizes an image of one channel that is already decoded. */
export async function resizeGrey(pixels: Uint8Array, from: ImageShape, to: ImageShape): Promise<Uint8Array> {
  if (from.height === to.height && from.width === to.width) return pixels;
  const sharp = await loadSharp();
  const decoded = sharp(pixels.subarray(0, imageBytes(from)), {
    raw: { width: from.width, height: from.height, channels: 1 },
  });
  return resizeWith(decoded, to.height, to.width).toColourspace("b-w").raw().toBuffer();
}

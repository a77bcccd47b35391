import type { ImageShape } from "../images.js";
import type { RandomTransform } from "./transform.js";

/**
 * Moves the image by a whole number of pixels between −`pixels` and `pixels`, uniformly and independently in each
 * direction: first drawn is how far down, then how far right (negative: up, left). What comes in is 0, raw black.
 */
export function shift(pixels: number): RandomTransform {
  const choices = 2 * pixels + 1;
  return (image, shape, random) => {
    const down = random.below(choices) - pixels;
    const right = random.below(choices) - pixels;
    moveImage(image, shape, down, right);
  };
}

function moveImage(image: Uint8Array, { width, channels }: ImageShape, down: number, right: number): void {
  const rowLength = width * channels;
  moveValues(image, 0, image.length, down * rowLength);
  if (right === 0) return;
  for (let row = 0; row < image.length; row += rowLength)
    moveValues(image, row, row + rowLength, right * channels);
}

/** Moves the values from `start` up to `end` by so many places towards `end` (negative: `start`), 0 follows. */
function moveValues(image: Uint8Array, start: number, end: number, places: number): void {
  const distance = Math.min(Math.abs(places), end - start);
  if (places > 0) {
    image.copyWithin(start + distance, start, end - distance);
    image.fill(0, start, start + distance);
  } else if (places < 0) {
    image.copyWithin(start, start + distance, end);
    image.fill(0, end - distance, end);
  }
}

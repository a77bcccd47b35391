import type { ImageShape } from "../images.js";
import type { RandomTransform } from "./transform.js";

/** Mirrors the image left to right with probability one half. */
export const flip: RandomTransform = (image, shape, random) => {
  if (random.below(2) === 1) mirror(image, shape);
};

function mirror(image: Uint8Array, { width, channels }: ImageShape): void {
  const rowLength = width * channels;
  for (let row = 0; row < image.length; row += rowLength) {
    for (let column = 0; column < width >> 1; column++) {
      const left = row + column * channels;
      const right = row + (width - 1 - column) * channels;
      for (let channel = 0; channel < channels; channel++) {
        const value = image[left + channel] as number;
        image[left + channel] = image[right + channel] as number;
        image[right + channel] = value;
      }
    }
  }
}

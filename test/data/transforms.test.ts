import { describe, expect, it } from "vitest";
import { RandomSource } from "../../src/base/random.js";
import type { ImageShape } from "../../src/data/images.js";
import { flip } from "../../src/data/transforms/flip.js";
import { resizeGrey } from "../../src/data/transforms/resize.js";
import { shift } from "../../src/data/transforms/shift.js";
import type { RandomTransform } from "../../src/data/transforms/transform.js";

const random = new RandomSource({ seed: 1, address: "fashion.train", purpose: "test" });

/** An image in which every value is different and none is 0. */
function numbered(shape: ImageShape): Uint8Array {
  return Uint8Array.from({ length: shape.height * shape.width * shape.channels }, (_, i) => i + 1);
}

function applied(transform: RandomTransform, shape: ImageShape, step: number): Uint8Array {
  const image = numbered(shape);
  transform(image, shape, random.at(step));
  return image;
}

/** The definition, pixel by pixel: the value comes from (y − down, x − right), 0 where that is outside. */
function shifted(shape: ImageShape, down: number, right: number): Uint8Array {
  const { height, width, channels } = shape;
  const original = numbered(shape);
  const image = new Uint8Array(original.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < channels; c++) {
        const fromY = y - down;
        const fromX = x - right;
        const inside = fromY >= 0 && fromY < height && fromX >= 0 && fromX < width;
        image[(y * width + x) * channels + c] = inside
          ? (original[(fromY * width + fromX) * channels + c] as number)
          : 0;
      }
  return image;
}

const shapes: ImageShape[] = [
  { height: 5, width: 4, channels: 1 },
  { height: 4, width: 5, channels: 3 },
  { height: 1, width: 1, channels: 1 },
];

describe("shift", () => {
  it.each(shapes)("moves $height x $width x $channels by what the stream draws, 0 comes in", (shape) => {
    for (const pixels of [0, 1, 2, 7]) {
      for (let step = 0; step < 60; step++) {
        const draws = random.at(step);
        const down = draws.below(2 * pixels + 1) - pixels;
        const right = draws.below(2 * pixels + 1) - pixels;
        expect(applied(shift(pixels), shape, step)).toEqual(shifted(shape, down, right));
      }
    }
  });

  it("takes all distances in both directions equally often", () => {
    const shape = { height: 5, width: 5, channels: 1 };
    const counts = new Map<string, number>();
    for (let step = 0; step < 5000; step++) {
      const image = applied(shift(2), shape, step);
      // The middle pixel, 13, stays inside for every distance up to 2.
      const place = image.indexOf(13);
      const key = `${Math.floor(place / 5)},${place % 5}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(counts.size).toBe(25);
    // Pearson's chi-squared with 24 degrees of freedom: above 51.2 with probability 0.001.
    const expected = 5000 / 25;
    const chi2 = [...counts.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    expect(chi2).toBeLessThan(51.2);
  });
});

describe("flip", () => {
  it.each(shapes)("mirrors $height x $width x $channels left to right or leaves it", (shape) => {
    const { height, width, channels } = shape;
    const original = numbered(shape);
    const mirrored = Uint8Array.from(original, (_, i) => {
      const c = i % channels;
      const x = Math.floor(i / channels) % width;
      const y = Math.floor(i / channels / width);
      return original[(y * width + (width - 1 - x)) * channels + c] as number;
    });
    expect(mirrored).toHaveLength(height * width * channels);
    let flips = 0;
    for (let step = 0; step < 1000; step++) {
      const expected = random.at(step).below(2) === 1 ? mirrored : original;
      flips += expected === mirrored ? 1 : 0;
      expect(applied(flip, shape, step)).toEqual(expected);
    }
    // Four standard deviations of a fair coin: 4 · sqrt(1000) / 2 = 63.
    expect(Math.abs(flips - 500)).toBeLessThan(63);
  });
});

describe("resize", () => {
  it("halves a ramp to the triangle-weighted means of its interior and keeps constants", async () => {
    const from = { height: 8, width: 8, channels: 1 };
    const to = { height: 4, width: 4, channels: 1 };
    const ramp = Uint8Array.from({ length: 64 }, (_, i) => 20 * (i % 8));
    const small = await resizeGrey(ramp, from, to);
    // The centre of output pixel x lies at 2x + 0.5 of the input, and a ramp's weighted mean is its centre's value.
    for (let y = 0; y < 4; y++) expect([...small.slice(4 * y + 1, 4 * y + 3)]).toEqual([50, 90]);
    expect(await resizeGrey(new Uint8Array(64).fill(77), from, to)).toEqual(Buffer.alloc(16, 77));
    expect(await resizeGrey(ramp, from, from)).toBe(ramp);
  });
});

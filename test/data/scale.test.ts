import { describe, expect, it } from "vitest";
import { openDataset } from "../../src/data/index.js";
import { applyScale, scaleTable } from "../../src/data/scale.js";
import { dataOf, numberedImages, problemOf } from "./fixtures.js";

function scaled(scale: Parameters<typeof scaleTable>[1], raw: number[], channels: number): number[] {
  const out = new Float32Array(raw.length);
  applyScale(Uint8Array.from(raw), scaleTable("fashion", scale, channels), channels, out);
  return [...out];
}

describe("scale", () => {
  const raw = Array.from({ length: 256 }, (_, i) => i);

  it("without settings divides by 255", () => {
    expect(scaled(null, raw, 1)).toEqual(raw.map((value) => Math.fround(value / 255)));
  });

  it("standard subtracts the mean and divides by the deviation", () => {
    const standard = { kind: "standard", mean: [0.286], std: [0.353] } as const;
    expect(scaled(standard, raw, 1)).toEqual(raw.map((value) => Math.fround((value / 255 - 0.286) / 0.353)));
  });

  it("standard takes one number a channel, or one for all", () => {
    const each = { kind: "standard", mean: [0, 0.5, 1], std: [1, 2, 4] } as const;
    expect(scaled(each, [255, 255, 255, 0, 0, 0], 3)).toEqual([1, 0.25, 0, 0, -0.25, -0.25]);
    const one = { kind: "standard", mean: [0.5], std: [0.5] } as const;
    expect(scaled(one, [255, 0, 255], 3)).toEqual([1, -1, 1]);
  });

  it("range maps 0 and 255 to its ends", () => {
    const range = { kind: "range", low: -1, high: 3 } as const;
    expect(scaled(range, raw, 1)).toEqual(raw.map((value) => Math.fround(-1 + (value / 255) * 4)));
    expect(scaled(range, [0, 255], 1)).toEqual([-1, 3]);
  });

  it("L0306: as many numbers as neither one nor the channels", async () => {
    const data = dataOf({ scale: { kind: "standard", mean: [0.1, 0.2, 0.3], std: [1] } });
    expect(await problemOf(openDataset(data, { folder: numberedImages(3) }))).toMatchObject({
      code: "L0306",
      message: "`scale` of `fashion` gives 3 numbers as mean, but samples have 1 channels",
    });
  });
});

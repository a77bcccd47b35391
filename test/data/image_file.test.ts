import { execFileSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { datasetSizes, openDataset } from "../../src/data/index.js";
import type { DataProgram } from "../../src/program/types.js";
import { imagesOf, placeOf, problemOf, splitOf, temporaryFolder } from "./fixtures.js";
import { fashion, fashionImage, folderWith, makeClasses, png, program, write } from "./image_fixtures.js";

describe("decoding", () => {
  const sample = { kind: "image", height: 1, width: 2, channels: 3 } as const;

  async function decoded(
    bytes: Uint8Array,
    options: Partial<DataProgram>,
    name = "a.png",
  ): Promise<number[]> {
    const folder = temporaryFolder();
    makeClasses(folder, "train");
    write(join(folder, "train", "coat", name), bytes);
    const dataset = await openDataset(program(options), { folder });
    return [...(await imagesOf(dataset.train).read([0]))];
  }

  it("gives red, green, blue, without the alpha channel", async () => {
    expect(await decoded(await png(Buffer.from([1, 2, 3, 250, 251, 252]), 1, 2, 3), { sample })).toEqual([
      1, 2, 3, 250, 251, 252,
    ]);
    const transparent = await png(Buffer.from([200, 100, 50, 0, 10, 20, 30, 128]), 1, 2, 4);
    expect(await decoded(transparent, { sample })).toEqual([200, 100, 50, 10, 20, 30]);
  });

  it("makes colour of grey, and grey of colour by the luma of BT.601", async () => {
    const grey = await png(Buffer.from([0, 77]), 1, 2, 1);
    expect(await decoded(grey, { sample })).toEqual([0, 0, 0, 77, 77, 77]);
    const pure = await png(Buffer.from([255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255]), 1, 4, 3);
    const wide = { kind: "image", height: 1, width: 4, channels: 1 } as const;
    // round(255 · 0.299), round(255 · 0.587), round(255 · 0.114), 255.
    expect(await decoded(pure, { sample: wide })).toEqual([76, 150, 29, 255]);
  });

  it("reads every format, by content rather than by name", async () => {
    const flat = sharp({ create: { width: 2, height: 1, channels: 3, background: "#808080" } });
    const expected = new Array(6).fill(128);
    for (const format of ["jpeg", "png", "webp", "gif", "tiff"] as const) {
      const bytes = await flat.clone().toFormat(format).toBuffer();
      for (const name of [`a.${format}`, "a.jpg", "a.tif"]) {
        const values = await decoded(bytes, { sample }, name);
        expect(Math.max(...values.map((value, i) => Math.abs(value - expected[i])))).toBeLessThanOrEqual(1);
      }
    }
    const deep = await sharp(new Uint16Array([0x1234, 0xff00]), { raw: { width: 2, height: 1, channels: 1 } })
      .toColourspace("grey16")
      .png()
      .toBuffer();
    expect(await decoded(deep, { sample })).toEqual([0x12, 0x12, 0x12, 0xff, 0xff, 0xff]);
  });

  it("resizes to the sample where the split says so, whatever the aspect ratio", async () => {
    const half = Buffer.concat(
      Array.from({ length: 12 }, () => Buffer.from([...new Array(20).fill(40), ...new Array(20).fill(200)])),
    );
    const resize = { kind: "resize", height: 3, width: 8 } as const;
    const options = {
      sample: { kind: "image", height: 3, width: 8, channels: 1 } as const,
      train: splitOf("train", { transforms: [resize] }),
    };
    const values = await decoded(await png(half, 12, 40, 1), options);
    expect(values).toHaveLength(24);
    for (const row of [0, 1, 2]) {
      expect(values.slice(8 * row, 8 * row + 3)).toEqual([40, 40, 40]);
      expect(values.slice(8 * row + 5, 8 * row + 8)).toEqual([200, 200, 200]);
    }
    const large = await sharp({ create: { width: 640, height: 480, channels: 3, background: "#646464" } })
      .jpeg()
      .toBuffer();
    expect(await decoded(large, options, "a.jpg")).toEqual(new Array(24).fill(100));
  });
});

describe("a damaged image (L0305)", () => {
  it.each([
    ["no image at all", "hello", "cannot be decoded"],
    ["an empty file", "", "is empty"],
    ["an SVG drawing", '<svg xmlns="http://www.w3.org/2000/svg" width="28" height="28"/>', "but svg"],
  ])("is %s", async (_, bytes, expected) => {
    const folder = await folderWith(bytes);
    for (const memoryLimit of [1e9, 0]) {
      const problem = await problemOf(openDataset(program(), { folder, memoryLimit }));
      expect(problem).toMatchObject({ code: "L0305", exitCode: 4 });
      expect(problem.message).toContain("`a.png`");
      expect(problem.message).toContain(expected);
      expect(placeOf(problem)).toBe(join(folder, "train", "coat", "a.png"));
    }
  });

  it("is one cut short anywhere, lossless or not", async () => {
    const noise = Buffer.from(fashion.subarray(0, 28 * 28 * 3));
    const image = sharp(noise, { raw: { width: 28, height: 28, channels: 3 } });
    for (const format of ["png", "jpeg", "webp", "tiff"] as const) {
      const whole = await image.clone().toFormat(format).toBuffer();
      for (const share of [0.1, 0.5, 0.9]) {
        const folder = await folderWith(whole.subarray(0, Math.floor(whole.length * share)));
        const problem = await problemOf(openDataset(program(), { folder }));
        expect([format, share, problem.code]).toEqual([format, share, "L0305"]);
        expect(problem.message).toBe("`a.png` cannot be decoded");
        expect(problem.notes[0]).toMatch(/^the decoder says: \S/);
        expect(problem.notes[0]).not.toContain("\n");
      }
    }
  });

  it("unfolds to more pixels than any use needs", async () => {
    const bomb = await sharp({ create: { width: 20_000, height: 6000, channels: 3, background: "black" } })
      .png({ compressionLevel: 1 })
      .toBuffer();
    const resize = { kind: "resize", height: 28, width: 28 } as const;
    const folder = await folderWith(bomb);
    const data = program({ train: splitOf("train", { transforms: [resize] }) });
    expect(await problemOf(openDataset(data, { folder }))).toMatchObject({ code: "L0305" });
  });

  it.each(["a.bmp", "deeper/a.bmp"])("is an image that would be passed over: %s", async (name) => {
    const bmp = await problemOf(datasetSizes(program(), { folder: await folderWith("BM", name) }));
    expect(bmp).toMatchObject({ code: "L0305", message: "`a.bmp` is an image in a format that is not read" });
    expect(placeOf(bmp)).toContain(join("coat", name));
  });

  it.skipIf(process.platform === "win32")(
    "is a link that leads nowhere or in a circle, or a pipe",
    async () => {
      const folder = await folderWith("", "x.txt");
      const link = join(folder, "train", "coat", "a.png");
      symlinkSync("nowhere.png", link);
      expect((await problemOf(datasetSizes(program(), { folder }))).message).toBe(
        "`a.png` cannot be read: there is no such file or folder",
      );
      const circle = await folderWith("", "x.txt");
      symlinkSync("a.png", join(circle, "train", "coat", "a.png"));
      expect((await problemOf(datasetSizes(program(), { folder: circle }))).message).toContain(
        "go in a circle",
      );
      const pipe = await folderWith("", "x.txt");
      execFileSync("mkfifo", [join(pipe, "train", "coat", "a.png")]);
      expect((await problemOf(datasetSizes(program(), { folder: pipe }))).message).toContain(
        "not a regular file",
      );
    },
  );

  it.skipIf(process.platform === "win32")(
    "is a link to a folder that has no end or counts twice",
    async () => {
      for (const to of [".", "..", "../../train", "further"]) {
        const folder = await folderWith(await png(fashionImage(1), 28, 28, 1), "further/a.png");
        symlinkSync(to, join(folder, "train", "coat", "again"));
        const problem = await problemOf(datasetSizes(program(), { folder }));
        expect(problem).toMatchObject({ code: "L0305" });
        expect(problem.message).toBe(
          to === "further"
            ? "`again` leads to a folder of the same class: its files would count twice"
            : "`again` leads back to a folder that it lies in: its files would have no end",
        );
      }
    },
  );

  it.skipIf(process.platform === "win32")("is read through a link that leads somewhere", async () => {
    const folder = await folderWith("", "x.txt");
    symlinkSync(join(folder, "train", "bag", "good.png"), join(folder, "train", "coat", "a.png"));
    const dataset = await openDataset(program(), { folder });
    expect([...dataset.train.labels]).toEqual([0, 1]);
    // So are folders, below one class or several.
    const folders = await folderWith("", "x.txt");
    symlinkSync(join(folders, "train", "bag"), join(folders, "train", "coat", "more"));
    symlinkSync(join(folders, "train", "bag"), join(folders, "train", "dress", "more"));
    expect([...(await openDataset(program(), { folder: folders })).train.labels]).toEqual([0, 1, 2]);
  });
});

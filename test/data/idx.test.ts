import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { datasetSizes, openDataset } from "../../src/data/index.js";
import {
  dataOf,
  idxImages,
  idxLabels,
  imagesOf,
  numberedImages,
  placeOf,
  problemOf,
  splitOf,
  temporaryFolder,
  words,
  writeFiles,
} from "./fixtures.js";

const images = idxImages(4, 2, 3, (i, p) => 10 * i + p);
const labels = idxLabels([2, 0, 1, 2]);
const good = { "train-images-idx3-ubyte": images, "train-labels-idx1-ubyte": labels };

/** Opening and counting a folder with these files fails the same way; returns how. */
async function problemWith(files: Readonly<Record<string, Uint8Array>>) {
  return problemOf(openDataset(dataOf(), { folder: writeFiles(temporaryFolder(), files) }));
}

describe("IDX files", () => {
  it.each([
    ["plain", good],
    ["spelt with a dot", { "train-images.idx3-ubyte": images, "train-labels.idx1-ubyte": labels }],
    [
      "gzipped",
      { "train-images-idx3-ubyte.gz": gzipSync(images), "train-labels-idx1-ubyte.gz": gzipSync(labels) },
    ],
    ["gzipped without suffix", { ...good, "train-images-idx3-ubyte": gzipSync(images) }],
    [
      "plain with the suffix .gz",
      { "train-images.idx3-ubyte.gz": images, "train-labels-idx1-ubyte": labels },
    ],
  ])("are read %s", async (_, files) => {
    const folder = writeFiles(temporaryFolder(), files);
    const dataset = await openDataset(dataOf(), { folder });
    expect(dataset.train.size).toBe(4);
    expect([...dataset.train.labels]).toEqual([2, 0, 1, 2]);
    expect([...(await imagesOf(dataset.train).read([3, 0]))]).toEqual([
      30, 31, 32, 33, 34, 35, 0, 1, 2, 3, 4, 5,
    ]);
    expect(dataset.val).toBeNull();
    expect(dataset.test).toBeNull();
    expect(await datasetSizes(dataOf(), { folder })).toEqual({ train: 4, val: null, test: null });
  });

  it("of the test part are called t10k, and parts can be put together", async () => {
    const folder = writeFiles(temporaryFolder(), {
      ...good,
      "t10k-images-idx3-ubyte": idxImages(2, 2, 3, () => 200),
      "t10k-labels-idx1-ubyte": idxLabels([0, 1]),
    });
    const data = dataOf({ train: splitOf("train", { names: ["train", "test"] }), test: splitOf("test") });
    const dataset = await openDataset(data, { folder });
    expect([...dataset.train.labels]).toEqual([2, 0, 1, 2, 0, 1]);
    expect([...(await imagesOf(dataset.train).read([3, 4]))].slice(5, 7)).toEqual([35, 200]);
    expect(dataset.test?.size).toBe(2);
    expect(await datasetSizes(data, { folder })).toEqual({ train: 6, val: null, test: 2 });
  });

  it("have a digest of names and inflated content", async () => {
    const sha = (bytes: string | Uint8Array) => createHash("sha256").update(bytes).digest("hex");
    const plain = await openDataset(dataOf(), { folder: writeFiles(temporaryFolder(), good) });
    const lines = Object.entries(good).map(([name, bytes]) => `${name}\t${sha(bytes)}\n`);
    expect(plain.digest).toBe(sha(lines.join("")));

    const packed = { "train-images-idx3-ubyte.gz": gzipSync(images), "train-labels-idx1-ubyte": labels };
    const gzipped = await openDataset(dataOf(), { folder: writeFiles(temporaryFolder(), packed) });
    expect(gzipped.digest).toBe(plain.digest);

    const changed = { ...good, "train-labels-idx1-ubyte": idxLabels([2, 0, 1, 1]) };
    const other = await openDataset(dataOf(), { folder: writeFiles(temporaryFolder(), changed) });
    expect(other.digest).not.toBe(plain.digest);
  });

  it("are resized where the split says so", async () => {
    const folder = writeFiles(temporaryFolder(), {
      "train-images-idx3-ubyte": idxImages(3, 8, 8, (i) => 50 * i),
      "train-labels-idx1-ubyte": idxLabels([0, 1, 2]),
    });
    const resize = { kind: "resize", height: 2, width: 3 } as const;
    const data = dataOf({ train: splitOf("train", { transforms: [resize], part: [1 / 3, 1] }) });
    const dataset = await openDataset(data, { folder });
    expect([...(await imagesOf(dataset.train).read([0, 1]))]).toEqual([
      ...Array.from({ length: 6 }, () => 50),
      ...Array.from({ length: 6 }, () => 100),
    ]);
    const onDemand = await openDataset(data, { folder, memoryLimit: 0 });
    expect(await imagesOf(onDemand.train).read([1])).toEqual(await imagesOf(dataset.train).read([1]));
    expect(onDemand.digest).toBe(dataset.digest);
  });

  it("cannot be read any more after closing", async () => {
    const dataset = await openDataset(dataOf(), { folder: numberedImages(3) });
    await dataset.close();
    await expect(imagesOf(dataset.train).read([0])).rejects.toThrow("closed");
  });
});

describe("missing IDX data (L0304)", () => {
  it("names the split, the folder, the files and the flag", async () => {
    const folder = join(temporaryFolder(), "nowhere");
    for (const open of [openDataset, datasetSizes]) {
      const problem = await problemOf(open(dataOf(), { folder }));
      expect(problem).toMatchObject({
        code: "L0304",
        exitCode: 4,
        message: "the images for `train` of `fashion` are missing",
        at: { place: folder },
        notes: [
          "there is no such folder",
          "expected train-images-idx3-ubyte and train-labels-idx1-ubyte (or .gz)",
        ],
      });
      expect(problem.helps[0]?.text).toContain("--data fashion=FOLDER");
    }
  });

  it("tells labels from images and test from train", async () => {
    expect((await problemWith({ "train-images-idx3-ubyte": images })).message).toBe(
      "the labels for `train` of `fashion` are missing",
    );
    const folder = writeFiles(temporaryFolder(), good);
    const problem = await problemOf(openDataset(dataOf({ test: splitOf("test") }), { folder }));
    expect(problem.message).toBe("the images for `test` of `fashion` are missing");
    expect(problem.notes[1]).toContain("t10k-images-idx3-ubyte");
  });

  it("is also a file in place of the folder, and a part that IDX does not have", async () => {
    const file = join(writeFiles(temporaryFolder(), good), "train-images-idx3-ubyte");
    expect((await problemOf(openDataset(dataOf(), { folder: file }))).notes[0]).toBe("it is not a folder");
    const data = dataOf({ train: splitOf("trian") });
    const problem = await problemOf(openDataset(data, { folder: writeFiles(temporaryFolder(), good) }));
    expect(problem.code).toBe("L0304");
    expect(problem.notes[0]).toBe("IDX data have the parts `train` and `test`, not `trian`: `train`?");
  });
});

describe("damaged IDX data (L0305)", () => {
  it.each([
    ["an empty file", Buffer.alloc(0), "is truncated: its header alone has 16 bytes, 0 found"],
    ["half a header", images.subarray(0, 9), "is truncated: its header alone has 16 bytes, 9 found"],
    ["missing pixels", images.subarray(0, 30), "is truncated: 40 bytes expected, 30 found"],
    [
      "additional bytes",
      Buffer.concat([images, Buffer.alloc(5)]),
      "is longer than its header promises: 40 bytes expected, 45 found",
    ],
    [
      "garbage",
      Buffer.from("<html>404 not found</html>"),
      "is not an IDX file of images: it begins with 0x3c68746d, not 0x00000803",
    ],
    ["the labels' file", labels, "holds labels, not images"],
    [
      "little-endian numbers",
      Buffer.from(images).swap32(),
      "is not an IDX file of images: it begins with 0x03080000, not 0x00000803",
    ],
    [
      "sizes beyond all memory",
      words(2051, 0xffffffff, 0xffffffff, 0xffffffff, 0),
      "is garbled or too large: its header promises 4,294,967,295 images of 4,294,967,295 x 4,294,967,295",
    ],
    // 65,536 · 65,536 · 1 is 0 in 32 bits.
    ["a product that would wrap around", words(2051, 65536, 65536, 1), "is garbled or too large: its header"],
    ["a gzip stream cut short", gzipSync(images).subarray(0, 30), "is truncated"],
    [
      "a gzip stream cut at its end",
      gzipSync(images).subarray(0, -4),
      "is truncated: its gzip stream ends early",
    ],
    ["garbage behind gzip's magic", Buffer.from([0x1f, 0x8b, 1, 2, 3]), "is damaged: its gzip stream has an"],
    [
      "a gzip stream with too few pixels",
      gzipSync(images.subarray(0, 30)),
      "is truncated: 40 bytes expected, 30 found",
    ],
  ])("says what is wrong with %s", async (_, bytes, expected) => {
    const problem = await problemWith({ ...good, "train-images-idx3-ubyte": bytes });
    expect(problem).toMatchObject({ code: "L0305", exitCode: 4 });
    expect(problem.message).toContain("`train-images-idx3-ubyte`");
    expect(problem.message).toContain(expected);
    expect(basename(placeOf(problem))).toBe("train-images-idx3-ubyte");
  });

  it("is found where a bit of a gzipped pixel changed", async () => {
    const stored = gzipSync(images, { level: 0 });
    stored[40] = (stored[40] as number) ^ 1;
    const problem = await problemWith({ ...good, "train-images-idx3-ubyte": stored });
    expect(problem).toMatchObject({ code: "L0305" });
    expect(problem.message).toContain("its gzip stream has an incorrect data check");
  });

  it("stops a gzip bomb at what its header promises", async () => {
    // 400 MB of zeros in 400 kB behind a header that promises 40 bytes.
    const zeros = gzipSync(Buffer.alloc(40_000_000));
    const bomb = Buffer.concat([gzipSync(images), ...Array.from({ length: 10 }, () => zeros)]);
    const before = process.memoryUsage().arrayBuffers;
    const problem = await problemWith({ ...good, "train-images-idx3-ubyte": bomb });
    expect(problem).toMatchObject({ code: "L0305" });
    expect(problem.message).toContain("inflates to more than the 40 bytes its header promises");
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000);
  });

  it("is found between images and labels that do not belong together", async () => {
    const problem = await problemWith({ ...good, "train-labels-idx1-ubyte": idxLabels([0, 1]) });
    expect(problem).toMatchObject({ code: "L0305" });
    expect(problem.message).toBe(
      "`train-labels-idx1-ubyte` has 2 labels for 4 images: the two files do not belong together",
    );
  });

  it.skipIf(process.platform === "win32")("is a named pipe, a folder or a circle of links", async () => {
    const pipe = writeFiles(temporaryFolder(), { "train-labels-idx1-ubyte": labels });
    execFileSync("mkfifo", [join(pipe, "train-images-idx3-ubyte")]);
    expect((await problemOf(openDataset(dataOf(), { folder: pipe }))).message).toContain(
      "not a regular file",
    );

    const folder = writeFiles(temporaryFolder(), { "train-labels-idx1-ubyte": labels });
    mkdirSync(join(folder, "train-images-idx3-ubyte"));
    expect((await problemOf(openDataset(dataOf(), { folder }))).message).toContain("not a regular file");

    const circle = writeFiles(temporaryFolder(), { "train-labels-idx1-ubyte": labels });
    symlinkSync("train-images-idx3-ubyte", join(circle, "train-images-idx3-ubyte"));
    expect((await problemOf(openDataset(dataOf(), { folder: circle }))).message).toContain("go in a circle");
  });

  // The superuser may read everything.
  it.skipIf(process.platform === "win32" || process.getuid?.() === 0)("is a file closed to us", async () => {
    const folder = writeFiles(temporaryFolder(), good);
    chmodSync(join(folder, "train-images-idx3-ubyte"), 0);
    expect((await problemOf(openDataset(dataOf(), { folder }))).message).toContain("permission denied");
  });

  it("shows hostile names in a harmless form", async () => {
    const folder = join(temporaryFolder(), "a\u202eb");
    mkdirSync(folder);
    writeFileSync(join(folder, "train-images-idx3-ubyte"), "x");
    writeFileSync(join(folder, "train-labels-idx1-ubyte"), "x");
    expect(placeOf(await problemOf(openDataset(dataOf(), { folder })))).toContain("a\\u202eb");
  });
});

describe("IDX data that do not fit the program", () => {
  const sample = { kind: "image", height: 28, width: 28, channels: 1 } as const;

  it("L0306: images of another size, with the resize to write", async () => {
    const problem = await problemOf(openDataset(dataOf({ sample }), { folder: numberedImages(3) }));
    expect(problem).toMatchObject({
      code: "L0306",
      exitCode: 4,
      message: "images for `train` of `fashion` are 2x3, but the model takes 28x28",
    });
    expect(problem.helps[0]?.text).toContain("resize(28, 28)");
  });

  it("L0306: grey images for a model of colour", async () => {
    const data = dataOf({ sample: { kind: "image", height: 2, width: 3, channels: 3 } });
    const problem = await problemOf(openDataset(data, { folder: numberedImages(3) }));
    expect(problem).toMatchObject({ code: "L0306" });
    expect(problem.message).toContain("3 channels");
  });

  it("L0306: a label beyond the classes, in the samples that are used", async () => {
    const folder = writeFiles(temporaryFolder(), {
      ...good,
      "train-labels-idx1-ubyte": idxLabels([0, 1, 2, 7]),
    });
    const problem = await problemOf(openDataset(dataOf(), { folder }));
    expect(problem).toMatchObject({
      code: "L0306",
      message: "sample 3 has the label 7, but labels of `fashion` are 0 to 2",
    });
    const firstThree = dataOf({ train: splitOf("train", { part: [0, 0.75] }) });
    expect((await openDataset(firstThree, { folder })).train.size).toBe(3);
  });

  it("L0307: a split without samples", async () => {
    const none = {
      "train-images-idx3-ubyte": idxImages(0, 2, 3, () => 0),
      "train-labels-idx1-ubyte": idxLabels([]),
    };
    expect(await problemWith(none)).toMatchObject({
      code: "L0307",
      exitCode: 4,
      message: "`train` of `fashion` has no samples",
      notes: ["it takes 0.0 % to 100.0 % of 0 samples"],
    });
    const data = dataOf({ val: splitOf("train", { part: [0.9, 1] }) });
    const problem = await problemOf(datasetSizes(data, { folder: numberedImages(3) }));
    expect(problem.message).toBe("`val` of `fashion` has no samples");
  });

  it("L0308 and L0306: a resize behind another transform or to another size", async () => {
    const folder = numberedImages(3);
    const shift = { kind: "shift", pixels: 1 } as const;
    const late = splitOf("train", { transforms: [shift, { kind: "resize", height: 2, width: 3 }] });
    expect(await problemOf(openDataset(dataOf({ train: late }), { folder }))).toMatchObject({
      code: "L0308",
      exitCode: 3,
    });
    const other = splitOf("train", { transforms: [{ kind: "resize", height: 3, width: 3 }] });
    expect(await problemOf(openDataset(dataOf({ train: other }), { folder }))).toMatchObject({
      code: "L0306",
      message: "`train` of `fashion` is resized to 3x3, but samples are 2x3",
    });
  });
});

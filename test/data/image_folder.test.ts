import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, truncateSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { datasetSizes, evaluationBatches, openDataset, trainBatches } from "../../src/data/index.js";
import { collect, imagesOf, placeOf, problemOf, rawSamplesOf, splitOf, temporaryFolder } from "./fixtures.js";
import {
  classes,
  fashionImage,
  folderWith,
  grey28,
  makeClasses,
  png,
  program,
  write,
} from "./image_fixtures.js";

describe("an image folder", () => {
  const folder = temporaryFolder();
  /** Path below the folder and index of the fashion image, in the order the reader must find. */
  const train: [string, number][] = [
    ["train/bag/10.png", 3],
    ["train/bag/9.PNG", 1],
    ["train/coat/a.png", 4],
    ["train/dress/a.png", 0],
    ["train/dress/b.png", 2],
  ];
  beforeAll(async () => {
    for (const [name, i] of [...train, ["test/dress/x.png", 7] as const])
      write(join(folder, name), await png(fashionImage(i), 28, 28, 1));
    makeClasses(folder, "test");
    // What lies beside images and is none.
    write(join(folder, "README.md"), "about");
    write(join(folder, "train", "list.txt"), "about");
    write(join(folder, "train", "bag", ".DS_Store"), "x");
    write(join(folder, "train", "bag", "notes.txt"), "x");
    mkdirSync(join(folder, "train", ".cache"));
  });
  const data = program({ test: splitOf("test") });

  it("gives the exact pixels of lossless images, classes and files sorted by name", async () => {
    const dataset = await openDataset(data, { folder });
    expect([...dataset.train.labels]).toEqual([0, 0, 1, 2, 2]);
    const batches = await collect(evaluationBatches(dataset.train, 2, { input: "image" }));
    const samples = batches.flatMap(rawSamplesOf);
    for (const [i, [, image]] of train.entries()) expect(samples[i]).toEqual([...fashionImage(image)]);
    expect([...(dataset.test?.labels ?? [])]).toEqual([2]);
    expect(await datasetSizes(data, { folder })).toEqual({ train: 5, val: null, test: 1 });
  });

  it("takes every image below a class's folder, in the order of torchvision's ImageFolder", async () => {
    const nested = temporaryFolder();
    // As sorted(os.walk(...)) has them: what lies in a folder itself, then folders by their whole path ("-" before "/").
    const names = ["z.png", "north-west/a.png", "north/a.png", "north/deep/er/b.png", "north/deep2/a.png"];
    const order = ["z.png", "north/a.png", "north-west/a.png", "north/deep/er/b.png", "north/deep2/a.png"];
    for (const [i, name] of names.entries())
      write(join(nested, "train/coat", name), await png(fashionImage(i), 28, 28, 1));
    write(join(nested, "train/bag/north/a.png"), await png(fashionImage(9), 28, 28, 1));
    write(join(nested, "train/coat/north/notes.txt"), "x");
    write(join(nested, "train/coat/.hidden/a.png"), "x");
    makeClasses(nested, "train");
    const dataset = await openDataset(program(), { folder: nested });
    expect([...dataset.train.labels]).toEqual([0, 1, 1, 1, 1, 1]);
    const batches = await collect(evaluationBatches(dataset.train, 6, { input: "image" }));
    const expected = [9, ...order.map((name) => names.indexOf(name))].map((i) => [...fashionImage(i)]);
    expect(batches.flatMap(rawSamplesOf)).toEqual(expected);
    const files = ["train/bag/north/a.png", ...order.map((name) => `train/coat/${name}`)];
    const sha = (bytes: string | Uint8Array) => createHash("sha256").update(bytes).digest("hex");
    const lines = files.map((name) => `${name}\t${sha(readFileSync(join(nested, name)))}\n`);
    // A digest lists its files by name.
    expect(dataset.digest).toBe(sha(lines.sort().join("")));
  });

  it("has a digest of the paths and the files that are used", async () => {
    const sha = (bytes: string | Uint8Array) => createHash("sha256").update(bytes).digest("hex");
    const dataset = await openDataset(program(), { folder });
    const lines = train.map(([name]) => `${name}\t${sha(readFileSync(join(folder, name)))}\n`);
    expect(dataset.digest).toBe(sha(lines.join("")));
    const part = await openDataset(program({ train: splitOf("train", { part: [0, 0.4] }) }), { folder });
    expect(part.digest).toBe(sha(lines.slice(0, 2).join("")));
  });

  it("numbers classes as the program names them", async () => {
    const named = program({ classNames: ["dress", "bag", "coat"] });
    expect([...(await openDataset(named, { folder })).train.labels]).toEqual([1, 1, 2, 0, 0]);
  });

  it("without parts is one part called all", async () => {
    const whole = join(folder, "train");
    const all = program({
      train: splitOf("all", { part: [0, 0.6] }),
      val: splitOf("all", { part: [0.6, 1] }),
    });
    const dataset = await openDataset(all, { folder: whole });
    expect([...dataset.train.labels]).toEqual([0, 0, 1]);
    expect([...(dataset.val?.labels ?? [])]).toEqual([2, 2]);
  });

  it("may have parts further down", async () => {
    const above = program({ train: splitOf(`${basename(folder)}/train`) });
    expect(await datasetSizes(above, { folder: dirname(folder) })).toEqual({
      train: 5,
      val: null,
      test: null,
    });
  });

  it("too large for memory gives the same batches, digest and damage", async () => {
    const augmented = program({
      train: splitOf("train", { transforms: [{ kind: "shift", pixels: 3 }, { kind: "flip" }] }),
    });
    const options = { batch: 2, lastBatch: "keep", seed: 1, epoch: 4, input: "image" } as const;
    const kept = await openDataset(augmented, { folder });
    const streamed = await openDataset(augmented, { folder, memoryLimit: 5 * 784 - 1 });
    expect(await collect(trainBatches(streamed.train, options))).toEqual(
      await collect(trainBatches(kept.train, options)),
    );
    expect(streamed.digest).toBe(kept.digest);

    const image = await png(fashionImage(5), 28, 28, 1);
    const spoilt = await folderWith(image);
    const dataset = await openDataset(program(), { folder: spoilt, memoryLimit: 0 });
    truncateSync(join(spoilt, "train", "coat", "a.png"), image.length / 2);
    const problem = await problemOf(collect(evaluationBatches(dataset.train, 1, { input: "image" })));
    expect(problem).toMatchObject({ code: "L0305", message: "`a.png` cannot be decoded" });

    // A reader that stops before the damaged image is not told of it, though it was already being decoded.
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", note);
    for await (const batch of evaluationBatches(dataset.train, 1, { input: "image" })) {
      expect(batch.labels[0]).toBe(0);
      break;
    }
    await problemOf(imagesOf(dataset.train).read([1]));
    await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", note);
    expect(unhandled).toEqual([]);

    await dataset.close();
    await expect(imagesOf(dataset.train).read([0])).rejects.toThrow("closed");
  });
});

describe("an image folder that is missing or does not fit", () => {
  it("L0304: no folder, no such part, no classes", async () => {
    const nowhere = join(temporaryFolder(), "nowhere");
    const absent = await problemOf(datasetSizes(program(), { folder: nowhere }));
    expect(absent).toMatchObject({
      code: "L0304",
      message: "the images for `train` of `fashion` are missing",
      at: { place: nowhere },
      notes: ["there is no such folder", "expected PART/CLASS/IMAGE (jpg, jpeg, png, webp, gif, tif, tiff)"],
    });
    const folder = await folderWith("");
    for (const [part, step] of [
      ["trian", "trian"],
      ["../train", ".."],
      ["train/..", ".."],
      ["train/shirt", "shirt"],
      ["/train", ""],
    ]) {
      const problem = await problemOf(datasetSizes(program({ train: splitOf(part ?? "") }), { folder }));
      expect(problem.code).toBe("L0304");
      expect(problem.notes[0]).toContain(`there is no folder \`${step}\` in it`);
    }
    const near = await problemOf(datasetSizes(program({ train: splitOf("trian") }), { folder }));
    expect(near.notes[0]).toContain("but `train`");
    const bare = temporaryFolder();
    mkdirSync(join(bare, "train"));
    const problem = await problemOf(datasetSizes(program(), { folder: bare }));
    expect(problem.notes[0]).toBe("the folder holds no class folders");
  });

  it("L0306: other classes than the program's", async () => {
    const folder = await folderWith("");
    const four = await problemOf(datasetSizes(program({ classes: 4 }), { folder }));
    expect(four).toMatchObject({
      code: "L0306",
      message: "3 class folders found, but `fashion` has 4 classes",
    });
    const other = await problemOf(
      datasetSizes(program({ classNames: ["bag", "coats", "dress"] }), { folder }),
    );
    expect(other.message).toBe("the folder `coat` is none of the 3 classes of `fashion`");
    expect(other.helps[0]?.text).toBe("is it `coats`?");
    const more = program({ classes: 4, classNames: [...classes, "shirt"] });
    expect((await problemOf(datasetSizes(more, { folder }))).message).toBe(
      "there is no folder for the class `shirt` of `fashion`",
    );
  });

  it("L0306: an image of another size without resize, or two channels", async () => {
    const folder = await folderWith(await png(Buffer.alloc(30 * 28), 30, 28, 1));
    for (const memoryLimit of [1e9, 0]) {
      const problem = await problemOf(openDataset(program(), { folder, memoryLimit }));
      expect(problem).toMatchObject({ code: "L0306", exitCode: 4 });
      expect(problem.message).toBe("`a.png` is 30x28, but the model takes 28x28");
      expect(basename(placeOf(problem))).toBe("a.png");
    }
    const two = program({ sample: { ...grey28, channels: 2 } });
    expect(await problemOf(openDataset(two, { folder }))).toMatchObject({ code: "L0306", exitCode: 3 });
  });

  it("L0307: class folders without images", async () => {
    const folder = temporaryFolder();
    makeClasses(folder, "train");
    expect(await problemOf(datasetSizes(program(), { folder }))).toMatchObject({
      code: "L0307",
      message: "`train` of `fashion` has no samples",
    });
  });
});

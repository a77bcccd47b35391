import { mkdirSync, readFileSync } from "node:fs";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { readSafetensors, readSafetensorsHeader } from "../../src/runs/safetensors.js";
import { Project } from "./harness.js";
import { typed } from "./in-process.js";

const project = new Project();
const idx = "data/fashion/t10k-images-idx3-ubyte";

beforeAll(async () => {
  const flags = ["--backend", "wasm", "--threads", "1", "--quiet", "--out", "runs/small-s1-7f3a"];
  const { exit, stderr } = await project.lerac(["run", "fashion.lerac", ...flags]);
  expect(exit, stderr).toBe(0);
});

interface Line {
  readonly file: string;
  readonly class: number;
  readonly label: string;
  readonly probability: number;
  readonly top: readonly { readonly class: number; readonly probability: number }[];
}

async function predicted(...args: string[]): Promise<Line[]> {
  const { exit, stdout, stderr } = await typed(project, ["predict", ...args, "--json"]);
  expect(exit, stderr).toBe(0);
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
}

/** The pixels of one test image. */
function pixels(index: number): Buffer {
  return readFileSync(project.path(idx)).subarray(16 + 784 * index, 16 + 784 * (index + 1));
}

describe("lerac predict", () => {
  it("labels the images of an IDX file as `lerac eval` counts them", async () => {
    const lines = await predicted("small-s1-7f3a", idx);
    expect(lines).toHaveLength(40);
    const labels = readFileSync(project.path("data/fashion/t10k-labels-idx1-ubyte")).subarray(8);
    const tested = lines.slice(20);
    const right = tested.filter((line, i) => line.class === labels[20 + i]).length;
    const { stdout } = await typed(project, ["eval", "--json"]);
    expect(right / tested.length).toBeCloseTo(JSON.parse(stdout).metrics.accuracy, 9);
    expect(lines[7]?.file).toBe(`${idx}[7]`);
  });

  it("reads image files and folders through the same path", async () => {
    mkdirSync(project.path("photos/more"), { recursive: true });
    const raw = { width: 28, height: 28, channels: 1 } as const;
    await sharp(pixels(3), { raw }).png().toFile(project.path("photos/b.png"));
    await sharp(pixels(5), { raw }).png().toFile(project.path("photos/more/a.png"));
    project.write("photos/notes.txt", "not an image");
    const lines = await predicted("photos", "--top", "3", "--batch", "1");
    expect(lines.map(({ file }) => file)).toEqual(["photos/b.png", "photos/more/a.png"]);
    const all = await predicted(idx, "--top", "3");
    for (const [line, own] of [
      [lines[0], all[3]],
      [lines[1], all[5]],
    ]) {
      expect(line?.top.map((one) => one.class)).toEqual(own?.top.map((one) => one.class));
      expect(line?.probability).toBeCloseTo(own?.probability ?? 0, 6);
    }
    expect(lines[0]?.top).toHaveLength(3);
  });

  it("is a tab-separated table where another program reads, the folder a word on stderr", async () => {
    const { exit, stdout, stderr } = await typed(project, [
      "predict",
      "small-s1-7f3a",
      "photos/b.png",
      "--top",
      "2",
    ]);
    expect(exit).toBe(0);
    const rows = stdout.trimEnd().split("\n");
    expect(rows[0]).toBe("file\tlabel\tprobability");
    expect(rows).toHaveLength(3);
    expect(rows[1]).toMatch(/^photos\/b\.png\t\d\t\d+\.\d %$/);
    expect(stderr).toMatch(/^1 labelled by small-s1-7f3a ckpt-\d{6}$/m);
  });

  it.each([
    [
      "a file that is not there",
      ["shoe.png"],
      4,
      "`shoe.png` cannot be read: there is no such file or folder",
    ],
    ["a run that is not there", ["b81d", "photos"], 4, "there is no run `b81d`"],
    [
      "no input",
      ["small-s1-7f3a"],
      2,
      "`lerac predict` needs inputs: files, folders of images or recordings, or `-`",
    ],
    ["no image", ["fashion.lerac"], 4, "`fashion.lerac` cannot be decoded"],
    ["labels", ["data/fashion/t10k-labels-idx1-ubyte"], 4, "holds labels, not images"],
    ["a folder without images", ["runs/small-s1-7f3a/checkpoints"], 4, "error[L0307]: there is no image in"],
    ["no such checkpoint", ["photos", "--checkpoint", "ckpt-000001"], 4, "has no checkpoint ckpt-000001"],
    ["no classes", ["photos", "--top", "0"], 2, "`--top` needs a whole number of at least 1"],
  ])("says clearly: %s", async (_, args, code, message) => {
    const { exit, stdout, stderr } = await typed(project, ["predict", ...args]);
    expect({ exit, stdout }, stderr).toEqual({ exit: code, stdout: "" });
    expect(stderr).toContain(message);
  });

  it("refuses an image of another size, which the spec does not resize", async () => {
    mkdirSync(project.path("large"));
    const raw = { width: 28, height: 28, channels: 1 } as const;
    await sharp(pixels(3), { raw }).resize(56, 56).png().toFile(project.path("large/shoe.png"));
    const { exit, stderr } = await typed(project, ["predict", "large"]);
    expect(exit).toBe(4);
    expect(stderr).toContain("`shoe.png` is 56x56, but the model takes 28x28");
  });
});

describe("lerac export", () => {
  it("never overwrites, and says what is missing or unknown", async () => {
    const first = await typed(project, ["export", "-o", "out", "--to", "onnx"]);
    expect(first).toMatchObject({ exit: 0, stdout: "out\n" });
    const before = readFileSync(project.path("out/model.onnx"));
    const again = await typed(project, ["export", "-o", "out", "--to", "tfjs"]);
    expect(again.exit).toBe(4);
    expect(again.stderr).toContain("error[L0007]: out is there already and not empty; nothing was written");
    expect(readFileSync(project.path("out/model.onnx"))).toEqual(before);

    const unknown = await typed(project, ["export", "-o", "x", "--to", "keras"]);
    expect(unknown).toMatchObject({ exit: 2, stdout: "" });
    expect(unknown.stderr).toContain("formats are tfjs, safetensors, onnx");
    expect((await typed(project, ["export", "--to", "onnx"])).exit).toBe(2);
    const file = await typed(project, ["export", "-o", "fashion.lerac", "--to", "onnx"]);
    expect(file.exit).toBe(4);
    expect(file.stderr).toContain("error[L0006]");
  });

  it("writes weights from which another run starts", async () => {
    expect((await typed(project, ["export", "-o", "start", "--to", "safetensors"])).exit).toBe(0);
    const { tensors, metadata } = await readSafetensors(project.path("start/model.safetensors"));
    expect(metadata.format).toBe("lerac weights 1");
    expect([...tensors.keys()].sort()).toEqual([
      "conv.batch_norm.bias",
      "conv.batch_norm.mean",
      "conv.batch_norm.variance",
      "conv.batch_norm.weight",
      "conv.bias",
      "conv.weight",
      "head.bias",
      "head.weight",
    ]);
    const flags = ["--backend", "wasm", "--quiet", "--steps", "1", "--out", "next"];
    const init = ["--init", "start/model.safetensors"];
    const next = await project.lerac(["run", "fashion.lerac", ...flags, ...init]);
    expect(next.exit, next.stderr).toBe(0);
  });
});

describe("lerac batches", () => {
  it("writes inputs and whole labels by step, with where they come from", async () => {
    const args = ["batches", "fashion.lerac", "--split", "train", "--count", "2", "--seed", "4"];
    const { exit, stdout, stderr } = await typed(project, [...args, "-o", "b.safetensors"]);
    expect({ exit, stdout }, stderr).toEqual({ exit: 0, stdout: "b.safetensors\n" });
    expect(stderr).toContain("wrote 2 batches, 16 samples of train, seed 4");
    const { metadata, entries } = await readSafetensorsHeader(project.path("b.safetensors"));
    expect(metadata).toMatchObject({
      format: "lerac batches 1",
      split: "train",
      seed: "4",
      steps_per_epoch: "8",
    });
    expect([...entries].map(([name, { type, shape }]) => [name, type, shape])).toEqual([
      ["000000/inputs/image", "F32", [8, 28, 28, 1]],
      ["000000/labels", "I32", [8]],
      ["000001/inputs/image", "F32", [8, 28, 28, 1]],
      ["000001/labels", "I32", [8]],
    ]);
  });

  it.each([
    ["more steps than the run has", ["--count", "25", "-o", "x"], 2, "the run has 24 steps, not 25"],
    ["no file", [], 2, "needs a file to write"],
    ["no such split", ["--split", "dev", "-o", "x"], 2, "there is no split called `dev`"],
    ["no data there", ["--data", "fashion=nowhere", "-o", "x"], 4, "error[L0304]"],
    ["no folder", ["-o", "nowhere/x"], 4, "error[L0006]"],
  ])("says clearly: %s", async (_, args, code, message) => {
    const { exit, stdout, stderr } = await typed(project, ["batches", "fashion.lerac", ...args]);
    expect({ exit, stdout }, stderr).toEqual({ exit: code, stdout: "" });
    expect(stderr).toContain(message);
  });
});

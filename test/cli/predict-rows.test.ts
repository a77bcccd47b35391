import { readdirSync, readFileSync, renameSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { Project } from "./harness.js";
import { typed } from "./in-process.js";

/**
 * Rows and text from the spec to the answer, on real ones: pages of this project's documentation, line by line, told
 * apart by their folder; and photos of clothes as tables of the brightness of their sixteen parts.
 */
const project = new Project();
const docs = resolve(import.meta.dirname, "../../docs");

beforeAll(async () => {
  const lines = ["errors", "reference"].flatMap((folder) =>
    readdirSync(join(docs, folder)).flatMap((file) =>
      readFileSync(join(docs, folder, file), "utf8")
        .split("\n")
        .filter((line) => line.length > 40)
        .map((text) => JSON.stringify({ text, folder })),
    ),
  );
  // Every third line, so that both folders are in both parts.
  project.write("data/train.jsonl", lines.filter((_, i) => i % 3 !== 0).join("\n"));
  project.write("data/test.jsonl", lines.filter((_, i) => i % 3 === 0).join("\n"));
  project.write("pages.lerac", textSpec);
  project.write("data/parts.csv", brightness());
  project.write("numbers.lerac", numberSpec);
  for (const name of ["pages", "numbers"]) {
    const flags = ["--backend", "wasm", "--threads", "1", "--quiet", "--out", `runs/${name}`];
    const { exit, stderr } = await project.lerac(["run", `${name}.lerac`, ...flags]);
    expect(exit, stderr).toBe(0);
  }
});

function parsed(stdout: string): Record<string, unknown>[] {
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

async function accuracy(run: string, metric: string): Promise<number> {
  const { stdout } = await typed(project, ["eval", run, "--json"]);
  return JSON.parse(stdout).metrics[metric];
}

describe("lerac predict on text", () => {
  it("labels the rows of a file as `lerac eval` counts them, and has learned something", async () => {
    const { exit, stdout, stderr } = await typed(project, [
      "predict",
      "runs/pages",
      "data/test.jsonl",
      "--json",
    ]);
    expect(exit, stderr).toBe(0);
    const rows = parsed(project.read("data/test.jsonl"));
    const lines = parsed(stdout);
    expect(lines).toHaveLength(rows.length);
    expect(lines[3]?.file).toBe("data/test.jsonl[3]");
    const right = lines.filter((line, i) => line.label === rows[i]?.folder).length;
    expect(right / rows.length).toBeCloseTo(await accuracy("runs/pages", "accuracy"), 9);
    const larger = Math.max(
      ...["errors", "reference"].map((name) => rows.filter((row) => row.folder === name).length),
    );
    expect(right).toBeGreaterThan(larger);
  });

  it("labels lines of other files and of standard input the same way", async () => {
    const texts = parsed(project.read("data/test.jsonl"))
      .slice(0, 5)
      .map((row) => String(row.text));
    project.write("lines.txt", texts.join("\r\n"));
    const file = await typed(project, ["predict", "runs/pages", "lines.txt", "data/test.jsonl", "--json"]);
    const piped = await project.lerac(["predict", "runs/pages", "-", "--json"], { input: texts.join("\n") });
    const labels = (stdout: string) => parsed(stdout).map(({ label }) => label);
    expect(piped.exit, piped.stderr).toBe(0);
    expect(labels(piped.stdout)).toEqual(labels(file.stdout).slice(0, 5));
    expect(labels(file.stdout).slice(5, 10)).toEqual(labels(file.stdout).slice(0, 5));
    expect(parsed(piped.stdout)[4]?.file).toBe("-[4]");
  });

  it("needs the words that the run counted, and takes its own where the data are others now", async () => {
    const vocabulary = project.path("runs/pages/vocabulary.json");
    renameSync(vocabulary, `${vocabulary}.away`);
    const { exit, stderr } = await typed(project, ["predict", "runs/pages", "lines.txt"]);
    expect(exit).toBe(4);
    expect(stderr).toContain("error[L0726]: the vocabulary of the run pages is missing");
    project.write("runs/pages/vocabulary.json", '{"words":["a","a"]}');
    expect((await typed(project, ["eval", "runs/pages"])).stderr).toContain("run pages is damaged");
    renameSync(`${vocabulary}.away`, vocabulary);
  });

  it("says which columns a file lacks and which it has instead", async () => {
    project.write("letters.tsv", "texte\tday\nis it raining\t3\n");
    const { exit, stderr } = await typed(project, ["predict", "runs/pages", "letters.tsv"]);
    expect(exit).toBe(4);
    expect(stderr).toContain("error[L0306]: `letters.tsv` has no column `text`");
    expect(stderr).toContain("note: its other columns: `texte`, `day`");
    expect(stderr).toContain("help: did you mean `texte`?");
  });

  it("names runs that may have been meant where a run is not there", async () => {
    const { exit, stderr } = await typed(project, ["predict", "runs/page", "lines.txt"]);
    expect(exit).toBe(4);
    expect(stderr).toContain("error[L0705]: there is no run `runs/page`");
    expect(stderr).toContain("help: did you mean `runs/pages`?");
    // A path that leads to no folder of runs is an input.
    expect((await typed(project, ["predict", "texts/page"])).stderr).toContain("error[L0305]: `page`");
  });

  it("exports the words with the network", async () => {
    expect((await typed(project, ["export", "runs/pages", "-o", "out", "--to", "tfjs"])).exit).toBe(0);
    expect(project.read("out/vocabulary.json")).toBe(project.read("runs/pages/vocabulary.json"));
    expect(JSON.parse(project.read("out/lerac.json")).files).toMatchObject([
      {},
      {},
      { name: "vocabulary.json" },
    ]);
  });
});

describe("lerac predict on rows of numbers", () => {
  it("gives numbers whose error is that of `lerac eval`", async () => {
    const { exit, stdout, stderr } = await typed(project, [
      "predict",
      "runs/numbers",
      "data/parts.csv",
      "--json",
    ]);
    expect(exit, stderr).toBe(0);
    const rows = project.read("data/parts.csv").trimEnd().split("\n").slice(1);
    const lines = parsed(stdout);
    expect(lines).toHaveLength(rows.length);
    const errors = lines.map((line, i) => Math.abs(Number(line.value) - Number(rows[i]?.split(",").at(-1))));
    const tested = errors.slice(Math.round(0.8 * rows.length));
    const mean = tested.reduce((sum, error) => sum + error, 0) / tested.length;
    expect(mean).toBeCloseTo(await accuracy("runs/numbers", "mae"), 5);
  });

  it("is a table whose last column is called as what was learned", async () => {
    const [header = "", first = ""] = project.read("data/parts.csv").split("\n");
    const input = [header, first].map((line) => line.slice(0, line.lastIndexOf(","))).join("\n");
    const { stdout, stderr } = await project.lerac(["predict", "runs/numbers", "-"], { input });
    expect(stdout).toMatch(/^file\tlower\n-\[0\]\t-?\d+(\.\d+)?\n$/);
    expect(stderr).toMatch(/^1 answered by numbers ckpt-\d{6}$/m);
  });

  it.each([
    ["an image", ["shoe.png"], "`shoe.png` is an image, but the model takes rows of numbers: `p0`, `p1`"],
    [
      "other columns",
      ["other.csv"],
      "`other.csv` has no columns `p0`, `p1`, `p2`, `p3`, `p4`, `p5`, `p6`, `p7`",
    ],
    ["what they are", ["other.csv"], "note: its other columns: `height`, `width`"],
    ["a cell that is no number", ["odd.csv"], "`odd.csv` has `dark` as `p7` in line 2, not a number"],
  ])("says clearly: %s", async (_, args, message) => {
    project.write("shoe.png", "no image, but named so");
    project.write("other.csv", "height,width\n1,2\n");
    project.write("odd.csv", `${columns.join(",")}\n0,0,0,0,0,0,0,dark\n`);
    const { exit, stdout, stderr } = await typed(project, ["predict", "runs/numbers", ...args]);
    expect({ exit, stdout }, stderr).toEqual({ exit: 4, stdout: "" });
    expect(stderr).toContain(message);
  });
});

const columns = Array.from({ length: 8 }, (_, i) => `p${i}`);

/** Means of the eight parts of each photo's upper half, 7x7 pixels each, and the mean of its lower half; 0 to 1. */
function brightness(): string {
  const file = readFileSync(project.path("data/fashion/train-images-idx3-ubyte")).subarray(16);
  const mean = (image: Buffer, top: number, left: number, height: number, width: number) => {
    let sum = 0;
    for (let y = top; y < top + height; y++)
      for (let x = left; x < left + width; x++) sum += image[28 * y + x] ?? 0;
    return (sum / (255 * height * width)).toFixed(5);
  };
  const rows = Array.from({ length: file.length / 784 }, (_, i) => {
    const image = file.subarray(784 * i, 784 * (i + 1));
    const parts = columns.map((_, p) => mean(image, 7 * Math.floor(p / 4), 7 * (p % 4), 7, 7));
    return [...parts, mean(image, 14, 0, 14, 28)].join(",");
  });
  return [[...columns, "lower"].join(","), ...rows, ""].join("\n");
}

const textSpec = `lerac 1

dataset pages {
  source   jsonl("data", text: [text], label: folder)
  classes  [errors, reference]
  tokens   words(size: 2000, max: 40)
  train    split("train.jsonl")
  test     split("test.jsonl")
}

model net {
  input  tokens(40)
  embed: embedding(2000, 16)
         mean
  head:  dense(2)
}

train {
  loss       cross_entropy
  metrics    accuracy
  optimizer  adam(rate: 1e-2)
  batch      64
  epochs     6
}
`;

const numberSpec = `lerac 1

dataset parts {
  source   csv("data", numbers: [${columns.join(", ")}], label: lower)
  train    split("parts.csv", first: 80%)
  test     split("parts.csv", last: 20%)
  scale    standard(mean: 0.3, std: 0.3)
}

model net {
  input  features(8)
  fc:    dense(16)
         relu
  head:  dense(1)
}

train {
  loss       mse
  metrics    mae
  optimizer  adam(rate: 1e-2)
  batch      16
  epochs     20
}
`;

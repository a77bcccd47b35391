import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { evaluationBatches, openDataset, openInputs, trainBatches } from "../../src/data/index.js";
import { parseTable } from "../../src/data/sources/table_text.js";
import { encoderOf } from "../../src/data/vocabulary.js";
import type { DataProgram } from "../../src/program/types.js";
import { programOfText, specOf } from "../check/compile-text.js";
import { collect, problemOf, temporaryFolder, writeFiles } from "./fixtures.js";

const none = { vocabulary: null, stdin: async () => "" };

/** The data of a spec with a source of rows, and a model that takes them. */
function dataOf(
  lines: readonly string[],
  input: string,
  outputs: number,
  loss = "cross_entropy",
): DataProgram {
  const first = input.startsWith("tokens") ? "  embed: embedding(30, 4)\n         mean\n" : "";
  return programOfText(
    specOf({
      data: lines.map((line) => `  ${line}`).join("\n"),
      model: `model net {\n  input  ${input}\n${first}  head:  dense(${outputs})\n}`,
      train: `  loss       ${loss}\n  optimizer  sgd(rate: 0.1)`,
    }),
  ).data;
}

function filesOf(files: Readonly<Record<string, string>>): string {
  return writeFiles(
    temporaryFolder(),
    Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])),
  );
}

describe("rows as text", () => {
  it.each([
    [
      "csv, quoted and not",
      "csv",
      'b,a,c\r\n1,"x, ""y""\nz",\r\n\r\n2,w,0\r\n',
      [
        [2, 'x, "y"\nz', "1"],
        [5, "w", "2"],
      ],
    ],
    ["csv without a last line end", "csv", "a,b\nu,", [[2, "u", ""]]],
    ["tsv, where quotes mean nothing", "tsv", 'b\ta\n1\t"x\n', [[2, '"x', "1"]]],
    [
      "jsonl",
      "jsonl",
      '\ufeff{"a":"x","b":true,"c":[1]}\n\n{"b":2.50,"a":"y"}\n',
      [
        [1, "x", "true"],
        [3, "y", "2.5"],
      ],
    ],
  ] as const)("%s", (_, kind, text, rows) => {
    const found = parseTable(text, kind, ["a", "b"], "rows");
    expect(found.map(({ line, cells }) => [line, ...cells])).toEqual(rows);
  });

  it("a cell of many megabytes is a cell", () => {
    const long = 'x""'.repeat(2_000_000);
    const [row] = parseTable(`a\n"${long}"\n`, "csv", ["a"], "rows");
    expect(row?.cells[0]?.length).toBe(4_000_000);
  });

  it.each([
    ["nothing", "csv", "", "is empty"],
    ["a ragged line", "csv", "a,b\n1,2\n1,2,3\n", "has 3 columns in line 3, but 2 in its header"],
    ["a quote inside", "csv", 'a,b\n1,2"3\n', "has a quote out of place in line 2"],
    ["a quote that stays open", "csv", 'a,b\n"1,2\n', "has a quote out of place in line 2"],
    ["a column that is not there", "tsv", "a\tB\n", "has no column `b`"],
    ["columns that are not there", "tsv", "x\ty\n1\t2\n", "`rows.x` has no columns `a`, `b`"],
    ["a member that is not there", "jsonl", '{"a":1,"b":1}\n{"a":1}\n', "has no column `b` in line 2"],
    ["no JSON", "jsonl", "a, b\n", "has no JSON in line 1"],
    ["a list", "jsonl", "[1]\n", "has no JSON object in line 1"],
    ["nothing known", "jsonl", '{"a":1,"b":null}\n', "has no text, number or truth value as `b` in line 1"],
  ] as const)("says clearly: %s", async (_, kind, text, message) => {
    const problem = await problemOf(
      Promise.resolve().then(() => parseTable(text, kind, ["a", "b"], "rows.x")),
    );
    expect(problem.message).toContain(message);
    expect(problem.exitCode).toBe(4);
  });

  it.each([
    ["tsv", "csv", "a,b\n1,2\n"],
    ["jsonl", "csv", '"a","b"\n1,2\n'],
    ["csv", "tsv", "a\tb\n1\t2\n"],
    ["jsonl", "tsv", "a\tb\n1\t2\n"],
    ["csv", "jsonl", '{"a":1,"b":2}\n'],
    ["tsv", "jsonl", '{"a":1,"b":2}\n'],
  ] as const)("read as %s says that it is %s", async (readAs, is, text) => {
    const problem = await problemOf(
      Promise.resolve().then(() => parseTable(text, readAs, ["a", "b"], `rows.${readAs}`)),
    );
    expect(problem).toMatchObject({ code: "L0306", exitCode: 4 });
    expect(problem.message).toContain(
      `\`rows.${readAs}\` is read as ${readAs}, but its first line is one of ${is}:`,
    );
    expect(problem.helps[0]?.text).toContain(`a name that ends with \`.${is}\``);
  });

  it("of one column is of any kind that has a header", () => {
    for (const kind of ["csv", "tsv"] as const)
      expect(parseTable("a\n1\n", kind, ["a"], "rows").map(({ cells }) => cells)).toEqual([["1"]]);
  });

  it("names what is missing, what is there besides, and what may have been meant", async () => {
    const text = '{"texts":"so","labels":"no","id":7}\n';
    const problem = await problemOf(
      Promise.resolve().then(() => parseTable(text, "jsonl", ["text", "label"], "rows.jsonl")),
    );
    expect(problem).toMatchObject({
      message: "`rows.jsonl` has no columns `text`, `label` in line 1",
      notes: ["its other columns: `texts`, `labels`, `id`"],
      helps: [{ text: "did you mean `texts` for `text`, `labels` for `label`?" }],
    });
  });
});

describe("text", () => {
  const data = dataOf(
    [
      'source   jsonl("data", text: [question, passage], label: answer)',
      "classes  [false, true]",
      "tokens   words(size: 30, max: 8)",
      'train    split("train.jsonl")',
      'test     split("test.jsonl")',
    ],
    "tokens(8)",
    2,
  );
  const folder = filesOf({
    "train.jsonl":
      '{"question":"Is it so?","passage":"It is so.","answer":true}\n{"question":"is it","passage":"no","answer":false}\n',
    "test.jsonl": '{"question":"is SO","passage":"don\'t, it is what it is","answer":false}\n',
  });

  it("is numbered by how frequent words are in train, ties by their order; two texts are joined", async () => {
    const dataset = await openDataset(data, { folder });
    expect(dataset.vocabulary?.words).toEqual(["is", "it", "[SEP]", "so", ".", "?", "no"]);
    const [batch] = await collect(evaluationBatches(dataset.train, 2, { input: "tokens" }));
    const input = batch?.inputs.get("tokens");
    expect(input?.shape).toEqual([2, 8]);
    // Is it so ? [SEP] It is so | is it [SEP] no: what goes beyond the eight places is cut off.
    expect([...(input?.values ?? [])]).toEqual([2, 3, 5, 7, 4, 3, 2, 5, 2, 3, 4, 8, 0, 0, 0, 0]);
    expect([...(input?.lengths ?? [])]).toEqual([8, 4]);
    expect([...(batch?.labels ?? [])]).toEqual([1, 0]);
    await dataset.close();
  });

  it("of other splits, and of inputs, gets the numbers of train; what is not known is 1", async () => {
    const dataset = await openDataset(data, { folder });
    const [measured] = await collect(
      evaluationBatches(dataset.test ?? dataset.train, 4, { input: "tokens" }),
    );
    const expected = [2, 5, 4, 1, 1, 3, 2, 1];
    expect([...(measured?.inputs.get("tokens")?.values ?? [])]).toEqual(expected);
    const { vocabulary } = dataset;
    const stdin = async () => "is SO\tdon't, it is what it is\n";
    for (const path of ["-", join(folder, "test.jsonl")]) {
      const inputs = await openInputs(data, [path], { vocabulary, stdin });
      expect(inputs.names).toEqual([`${path}[0]`]);
      const [batch] = await collect(inputs.batches(4, "tokens"));
      expect([...(batch?.inputs.get("tokens")?.values ?? [])]).toEqual(expected);
    }
  });

  it("without a word is one unknown word, so that there is something to take a mean of", () => {
    const transform = {
      kind: "words",
      size: 30,
      fit: "train",
      lower: true,
      max: 8,
      separator: "[SEP]",
    } as const;
    expect(encoderOf({ words: ["is"] }, transform)([" "])).toEqual([1]);
  });

  it.each([
    ["one text of two", "hello\n", "line 1 of `-` has 1 text, but the model takes `question` and `passage`"],
    ["nothing", "\n\n", "there is no sample in `-`"],
    ["no text", "a\0b\tc", "`-` holds no text, but the model takes text: `question`, `passage`"],
  ])("says clearly: %s", async (_, text, message) => {
    const problem = await problemOf(
      openInputs(data, ["-"], { vocabulary: { words: [] }, stdin: async () => text }),
    );
    expect(problem.message).toContain(message);
  });
});

describe("rows of numbers", () => {
  const lines = [
    'source   csv("data", numbers: [height, width], label: area)',
    'train    split("all.csv", first: 50%)',
    'test     split("all.csv", last: 50%)',
    "scale    standard(mean: 1, std: 2)",
  ];
  const data = dataOf(lines, "features(2)", 1, "mse");
  const folder = filesOf({ "all.csv": "area,width,height\n6,2,3\n1,1,1\n20,4,5\n0.5,0.5,1\n" });

  it("are scaled, in the order of the spec, each with the number to be met", async () => {
    const dataset = await openDataset(data, { folder });
    expect([dataset.train.size, dataset.test?.size]).toEqual([2, 2]);
    const options = { batch: 2, lastBatch: "keep", seed: 1, epoch: 0, input: "features" } as const;
    const [batch] = await collect(trainBatches(dataset.train, options));
    const first = batch?.targets?.[0] === 6 ? 0 : 1;
    const rows = [
      [1, 0.5],
      [0, 0],
    ];
    expect([...(batch?.inputs.get("features")?.values ?? [])]).toEqual([rows[first], rows[1 - first]].flat());
    expect([...(batch?.targets ?? [])]).toEqual(first === 0 ? [6, 1] : [1, 6]);
    expect(batch?.labels).toHaveLength(0);
  });

  it("are read from files without the column that is learned", async () => {
    const own = filesOf({ "new.tsv": "height\twidth\n5\t4\n" });
    const inputs = await openInputs(data, [join(own, "new.tsv")], none);
    const [batch] = await collect(inputs.batches(1, "features"));
    expect([...(batch?.inputs.get("features")?.values ?? [])]).toEqual([2, 1.5]);
  });

  it.each([
    [
      "no number",
      { "all.csv": "area,width,height\n1,?,2\n1,1,1\n" },
      "`all.csv` has `?` as `width` in line 2, not a number",
    ],
    ["an empty cell", { "all.csv": "area,width,height\n1,,2\n1,1,1\n" }, "has nothing as `width` in line 2"],
    ["no file", {}, "the rows for `train` of `data` are missing"],
    ["no rows", { "all.csv": "area,width,height\n" }, "`train` of `data` has no samples"],
  ])("says clearly: %s", async (_, files: Record<string, string>, message) => {
    const problem = await problemOf(openDataset(data, { folder: filesOf({ ...files, "else.csv": "" }) }));
    expect(problem.message).toContain(message);
  });

  it("says which labels are no classes", async () => {
    const classes = dataOf([...lines.slice(0, 3), "classes  [small, large]"], "features(2)", 2);
    const problem = await problemOf(
      openDataset(classes, { folder: filesOf({ "all.csv": "area,width,height\nhuge,1,2\nsmall,1,2\n" }) }),
    );
    expect(problem.message).toContain("line 2 of `all.csv` has the label `huge`, which is no class");
    expect(problem.helps).toMatchObject([{ text: "classes are `small`, `large`" }]);
  });
});

describe("inputs of another kind than the model takes", () => {
  const numbers = dataOf(
    ['source   csv("data", numbers: [x], label: y)', 'train    split("a.csv")'],
    "features(1)",
    1,
    "mse",
  );
  it.each([
    ["an image", "shoe.png", "`shoe.png` is an image, but the model takes rows of numbers: `x`"],
    ["sound", "seven.wav", "`seven.wav` is sound, but the model takes rows of numbers"],
    ["text", "notes.txt", "`notes.txt` is text, but the model takes rows of numbers"],
    ["a folder", "", "is a folder, but the model takes rows of numbers"],
  ])("%s", async (_, name, message) => {
    const path = join(filesOf(name === "" ? {} : { [name]: "x\n1\n" }), name);
    expect(await problemOf(openInputs(numbers, [path], none))).toMatchObject({
      code: "L0306",
      message: expect.stringContaining(message),
    });
  });

  it("a table for a model of images", async () => {
    const images = programOfText(specOf({})).data;
    const path = join(filesOf({ "rows.csv": "a,b\n1,2\n" }), "rows.csv");
    const problem = await problemOf(openInputs(images, [path], none));
    expect(problem.message).toContain("`rows.csv` is a table, but the model takes images of");
    expect((await problemOf(openInputs(images, ["-"], none))).exitCode).toBe(2);
  });
});

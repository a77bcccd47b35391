import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SourceFile } from "../../src/diagnostics/index.js";
import { hashProgram } from "../../src/program/index.js";
import { format } from "../../src/syntax/format/index.js";
import { changed, programOf, quickstart } from "../report/specs.js";

const hash = (text: string, name?: string) =>
  hashProgram(programOf(text, name === undefined ? {} : { name }));
const expected = hash(quickstart);

describe("the hash of a program stays", () => {
  it("whatever the white space and the comments are", () => {
    const lines = quickstart.split("\n");
    const choices = fc.array(fc.nat({ max: 5 }), { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(choices, (numbers) => {
        let i = 0;
        const next = () => numbers[i++ % numbers.length] ?? 0;
        const text = lines.map((line) => relaid(line, next)).join("\n");
        expect(hash(text)).toBe(expected);
      }),
      { numRuns: 40 },
    );
  });

  it("under the formatter, and in a file laid out by nobody", () => {
    const squeezed = quickstart.replace(/#.*$/gm, "").replace(/ {2,}/g, " ").replace(/\n+/g, "\n");
    expect(hash(squeezed)).toBe(expected);
    expect(hash(format(new SourceFile("x", squeezed)).text)).toBe(expected);
    expect(hash(quickstart.replaceAll("\n", "\r\n"))).toBe(expected);
  });

  it("whatever the file is called, with or without a title of its own", () => {
    expect(hash(quickstart, "other/name.lerac")).toBe(expected);
    const untitled = quickstart.replace(/experiment "[^"]*" \{[^}]*\}/, "").replace(/expect \{[^}]*\}/, "");
    expect(hash(untitled, "a.lerac")).toBe(hash(untitled, "b.lerac"));
    expect(programOf(untitled).experiment.name).toBe("cnn on fashion");
  });

  it("when a default is written out", () => {
    const written = changed(
      [
        "  batch      64",
        "  batch      64\n  last_batch keep\n  init       kaiming_normal\n  evaluate   every epoch",
      ],
      ["conv2d(width, 3)", "conv2d(width, 3, stride: 1, padding: 1, bias: true)"],
    );
    expect(hash(written)).toBe(expected);
  });

  it("when a param says what stood there", () => {
    const named = changed(
      ["param width = 32", "param width = 32\nparam size = 64"],
      ["batch      64", "batch      size"],
    );
    expect({ ...programOf(named), params: {} }).toEqual({ ...programOf(quickstart), params: {} });
  });
});

describe("the hash of a program changes", () => {
  const edits: readonly (readonly [string, string])[] = [
    ["seeds  1..5", "seeds  1..6"],
    ['idx("data/fashion-mnist")', 'idx("data/other")'],
    ["first: 90%", "first: 80%"],
    ["shift(2 px)", "shift(3 px)"],
    ["|> flip", ""],
    ["mean: 0.2860", "mean: 0.2861"],
    ["max_pool(2)", "max_pool(3, stride: 2)"],
    ["dropout(0.3)", "dropout(0.31)"],
    ["conv1: conv2d", "first: conv2d"],
    ["0.1 -> 1e-6", "0.1 -> 1e-7"],
    ["until  5 epochs", "until  6 epochs"],
    ["  until  5 epochs", "  until  5 epochs\n  spacing linear"],
    ["  until  5 epochs", "  until  5 epochs\n  every 1/2 epoch"],
    ["metrics    accuracy, top(3)", "metrics    accuracy, top(2)"],
    ["momentum: 0.9,", "momentum: 0.8,"],
    ["momentum: 0.9,", "momentum: 0.9, nesterov: true,"],
    ["weight_decay: 1e-4", "weight_decay: 2e-4"],
    ["sgd(rate: 0.1,", "sgd(rate: 0.2,"],
    ["schedule   cosine", "schedule   constant"],
    ["batch      64", "batch      32"],
    ["batch      64", "batch      64\n  last_batch drop"],
    ["epochs     30", "epochs     31"],
    ["best(val.accuracy)", "best(val.loss)"],
    ["  conventional\n", ""],
    [">= 0.91", ">= 0.92"],
  ];

  it("with everything that changes a run, to another one each time", () => {
    const claims = ["cnn.parameters == 1626058", "lerac.test.accuracy > conventional.test.accuracy"];
    const hashes = edits.map(([from, to]) => {
      const text = changed([from, to]);
      // What the edit makes untrue or unknown is no matter here.
      return hash(claims.reduce((rest, claim) => rest.replace(claim, "lerac.test.accuracy >= 0.5"), text));
    });
    expect(new Set([...hashes, expected]).size).toBe(edits.length + 1);
  });
});

/** One line with other white space: more of it where there is some, some or none around punctuation, comments at ends. */
function relaid(line: string, next: () => number): string {
  const code = line.replace(/#[^"]*$/, "").trimEnd();
  const parts = code.split(/("(?:[^"\\]|\\.)*")/).map((part, i) => {
    if (i % 2 === 1) return part;
    return part
      .replace(/ +/g, () => " ".repeat(1 + next()))
      .replace(/ *(->|>=|==|\|>|[,*(]) */g, (_, sign: string) =>
        sign === "(" ? `(${" ".repeat(next())}` : `${" ".repeat(next())}${sign}${" ".repeat(next())}`,
      );
  });
  const comment = next() === 0 ? `  # remark ${next()}` : "";
  const blank = code === "" ? "" : next() === 1 ? "\n" : "";
  // A section word in the first column begins a section, wherever it stands.
  const indent = code.startsWith(" ") ? 1 + next() : 0;
  return `${" ".repeat(indent)}${parts.join("").trimStart()}${comment}${blank}`;
}

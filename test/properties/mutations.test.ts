import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allTokens } from "../../grammar/tokens.js";
import { compile } from "../../src/check/index.js";
import { type Diagnostic, renderText, SourceFile } from "../../src/diagnostics/index.js";
import { withoutAnnotations } from "../harness/annotations.js";
import { type Mutation, mutated, mutations } from "../harness/mutations.js";

/**
 * Compiling is total: whatever became of a file, it ends soon, throws nothing, and says something that a reader of the
 * file understands. More than 20,000 mutated files at every run of the tests; FUZZ=10 multiplies their number.
 */
const factor = Number(process.env.FUZZ ?? "1");
const slowest = 1000;

const root = path.resolve(import.meta.dirname, "../..");
const specs = [
  ...filesBelow("test/golden/corpus/right"),
  ...filesBelow("test/golden/corpus/wrong/slips"),
  ...filesBelow("examples"),
  ...filesBelow("specs"),
];
/** Short files make most runs: a mutation is found out there as well, and sooner. */
const short = specs.filter((text) => text.length < 700);

/** Names of the implementation that must not be seen: token types, classes, members, traces. */
const internal = new RegExp(
  [
    ...allTokens.map(({ name }) => name).filter((name) => /[a-z][A-Z]|_/.test(name)),
    "InternalError",
    "TypeError",
    "RangeError",
    "Exception",
    "undefined",
    "\\[object",
    "instancePath",
    "Expecting",
    "RCURLY",
    "EOF",
    "file://",
    "\\.js:\\d",
    "NaN",
    "Infinity",
  ].join("|"),
);

describe("whatever becomes of a file, compiling it", () => {
  it.each([
    ["short files, one piece", short, 12_000, 1],
    ["short files, several pieces", short, 8_000, 3],
    ["all files", specs, 1_500, 3],
  ] as const)(
    "ends in a program or in words: %s",
    (_, bases, runs, most) => {
      fc.assert(
        fc.property(fc.nat({ max: bases.length - 1 }), mutations, (index, changes) => {
          compiles(bases[index] ?? "", changes.slice(0, most));
        }),
        { numRuns: runs * factor, seed: 20_260 + most },
      );
    },
    600_000,
  );

  it("ends in words for text that never was a spec", () => {
    const text = fc.oneof(fc.string({ unit: "binary", maxLength: 200 }), fc.string({ maxLength: 200 }));
    fc.assert(
      fc.property(text, (noise) => {
        check(noise);
        check(`lerac 1\n${noise}`);
      }),
      { numRuns: 500 * factor, seed: 1 },
    );
  });
});

function compiles(base: string, changes: readonly Mutation[]): void {
  check(mutated(base, changes, specs));
}

function check(text: string): void {
  const source = new SourceFile("mutated.lerac", text);
  const { took, compiled } = timed(source);
  // On a busy machine anything may wait once: what is slow is slow again.
  if (took > slowest) {
    const again = timed(source).took;
    if (again > slowest) expect.fail(`compiling took ${Math.round(took)} and ${Math.round(again)} ms`);
  }
  const { program, diagnostics } = compiled;
  if (program !== null && diagnostics.some(({ severity }) => severity === "error"))
    expect.fail("a program in spite of errors");
  for (const found of diagnostics) understandable(found, text);
  if (diagnostics.length > 0) renderText(diagnostics, { color: false, width: 80 });
}

function timed(source: SourceFile) {
  const start = performance.now();
  const compiled = compile(source);
  return { took: performance.now() - start, compiled };
}

/** A message of a known form, about places that exist, in words of the language. */
function understandable(found: Diagnostic, text: string): void {
  const labels = [
    ...(found.at !== null && "span" in found.at ? [found.at] : []),
    ...found.secondary,
    ...found.helps.flatMap(({ edits }) => (edits ?? []).map(({ span }) => ({ span, text: "" }))),
  ];
  for (const { span } of labels) {
    if (!(0 <= span.start && span.start <= span.end && span.end <= span.source.text.length))
      expect.fail(`${found.code} is about a place that there is not: ${span.start} to ${span.end}`);
  }
  if (!/^L0\d{3}$/.test(found.code)) expect.fail(`${found.code} is no code`);
  const words = [
    found.message,
    ...labels.map((label) => label.text),
    ...found.notes,
    ...found.helps.map((help) => help.text),
  ];
  for (const said of words) {
    const leak = internal.exec(said)?.[0];
    // What the file itself says may be quoted.
    if (leak !== undefined && !text.includes(leak)) expect.fail(`${found.code} says "${leak}": ${said}`);
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".lerac"))
    .sort()
    .map((name) => withoutAnnotations(readFileSync(path.join(root, folder, name), "utf8")).text);
}

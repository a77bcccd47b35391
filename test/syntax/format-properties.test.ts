import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SourceFile } from "../../src/diagnostics/index.js";
import { format } from "../../src/syntax/format/index.js";
import { parse } from "../../src/syntax/index.js";
import { mutated, mutations } from "../harness/mutations.js";
import { specText } from "../harness/spec-arbitrary.js";

const source = (text: string) => new SourceFile("x.lerac", text);
const examples = ["examples", "specs"].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".lerac"))
    .map((name) => readFileSync(`${folder}/${name}`, "utf8")),
);

/** A syntax tree without places; `name()` is `name`. */
function shape(text: string): string {
  const { file } = parse(source(text));
  const withoutCalls = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(withoutCalls);
    if (typeof value !== "object" || value === null) return value;
    if (value instanceof SourceFile) return null;
    const entries = Object.entries(value).filter(([key]) => !["span", "keyword", "source"].includes(key));
    const plain = Object.fromEntries(entries.map(([key, inner]) => [key, withoutCalls(inner)]));
    if (!Array.isArray(plain.callee) || (plain.arguments as unknown[]).length > 0) return plain;
    const segments = (plain.callee as { text: string }[]).map(({ text: part }) => ({
      kind: "name",
      text: part,
    }));
    return { kind: "path", segments };
  };
  const { comments, ...rest } = withoutCalls(file) as { comments: { text: string }[] };
  return JSON.stringify([rest, comments.map((comment) => comment.text.trimEnd()).sort()]);
}

describe("for all files", () => {
  it("the generated specs parse", () => {
    fc.assert(
      fc.property(specText(), (text) => {
        expect(parse(source(text)).diagnostics).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it("formatting keeps the syntax tree and every comment", () => {
    fc.assert(
      fc.property(specText(), (text) => {
        expect(shape(format(source(text)).text)).toBe(shape(text));
      }),
      { numRuns: 150 },
    );
  });

  it("formatting twice is formatting once", () => {
    fc.assert(
      fc.property(specText(), (text) => {
        const once = format(source(text)).text;
        expect(format(source(once)).text).toBe(once);
      }),
      { numRuns: 150 },
    );
  });

  it("how a file was laid out leaves no trace, but for comments and empty lines", () => {
    fc.assert(
      fc.property(specText({ comments: false }), (text) => {
        const tight = format(source(text)).text.replace(/(\S) {2,}/g, "$1 ");
        const wide = tight.replace(/ ([=+*<>?]+|->) /g, "   $1  ");
        expect(format(source(wide)).text).toBe(format(source(text)).text);
      }),
      { numRuns: 100 },
    );
  });
});

describe("for all broken files", () => {
  const broken = fc
    .tuple(fc.oneof(fc.constantFrom(...examples), specText()), mutations)
    .map(([text, changes]) => mutated(text, changes, examples));

  it("formatting loses nothing and is stable", () => {
    fc.assert(
      fc.property(broken, (text) => {
        const once = format(source(text));
        const twice = format(source(once.text));
        expect(twice.text).toBe(once.text);
        expect(twice.diagnostics.length > 0).toBe(once.diagnostics.length > 0);
      }),
      { numRuns: 250 },
    );
  });
});

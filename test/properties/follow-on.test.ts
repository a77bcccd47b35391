import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compile } from "../../src/check/index.js";
import { renderText, SourceFile } from "../../src/diagnostics/index.js";
import { parse } from "../../src/syntax/index.js";

/** One slip of the pen in a right file: what is said is about that slip, and nothing else is called wrong for it. */
const folder = path.resolve(import.meta.dirname, "../golden/corpus/right");
const texts = readdirSync(folder)
  .filter((name) => name.endsWith(".lerac"))
  .sort()
  .map((name) => readFileSync(path.join(folder, name), "utf8"))
  .filter((text) => compile(new SourceFile("right.lerac", text)).diagnostics.length === 0);

const pieces = ["", "=", ";", ")", "(", "}", "{", ",", "|>", "'", '"', ":", "[", "->", "if", "1x", "\n"];

describe("a slip of syntax in a right file", () => {
  it("is all that is reported, wherever it is", () => {
    let broken = 0;
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.constantFrom(...pieces), fc.nat(3), (which, where, piece, less) => {
        const text = texts[which % texts.length] ?? "";
        const at = where % text.length;
        const source = new SourceFile("slip.lerac", text.slice(0, at) + piece + text.slice(at + less));
        const slips = parse(source).diagnostics;
        if (slips.length === 0) return;
        broken++;
        const { diagnostics } = compile(source);
        if (diagnostics.length === slips.length) return;
        expect.fail(renderText(diagnostics, { color: false, width: 100 }));
      }),
      { numRuns: 2000 * Number(process.env.FUZZ ?? "1"), seed: 7 },
    );
    expect(broken).toBeGreaterThan(1000);
  }, 120_000);
});

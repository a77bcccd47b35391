import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { codes } from "../../src/check/codes.js";
import { compile, fileLoader } from "../../src/check/index.js";
import { isSpecExample } from "../../src/diagnostics/codes/index.js";
import { type Diagnostic, type Edit, SourceFile } from "../../src/diagnostics/index.js";
import { annotated, withoutAnnotations } from "../harness/annotations.js";
import { accepting, expectGoldenFile } from "../harness/golden.js";

/**
 * Files with mistakes that people make, each with what is said about it under the lines concerned (the form:
 * `harness/annotations.ts`). Adding one is writing the file; `UPDATE_GOLDEN=1` writes what is said. Read it as its
 * author would: is the place right, the cause, and would the help help?
 */
const folder = path.join(import.meta.dirname, "corpus/wrong");
const how = "npx vitest run test/golden/wrong.test.ts";

const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  // What others import is no case of its own.
  .filter((name) => name.endsWith(".lerac") && !name.includes("/with/"))
  .sort();

const compiled = new Map<string, ReturnType<typeof compileFile>>();

/** A file and what is said about it; compiled once. */
function fileOf(name: string) {
  const known = compiled.get(name) ?? compileFile(name);
  compiled.set(name, known);
  return known;
}

function compileFile(name: string) {
  const { text, set } = withoutAnnotations(readFileSync(path.join(folder, name), "utf8"));
  const source = new SourceFile(path.posix.basename(name), text);
  return { source, set, ...compile(source, { set, loader: loaderOf(name) }) };
}

function loaderOf(name: string) {
  return fileLoader(path.join(path.relative(process.cwd(), folder), name));
}

describe("files with mistakes", () => {
  it.each(files)("%s", (name) => {
    const { source, set, program, diagnostics } = fileOf(name);
    expect(diagnostics, "nothing is said about this file: it belongs to the right ones").not.toEqual([]);
    if (diagnostics.some(({ severity }) => severity === "error")) expect(program).toBeNull();
    expectGoldenFile(path.join(folder, name), annotated(source, diagnostics, set), how);
  });

  it("are mended by the fixes that are offered: each takes its own mistake away, and makes no new one of syntax", () => {
    expect(files.flatMap((name) => fixesThatFail(name))).toEqual([]);
  });

  it("are many, and many of them have several mistakes", () => {
    expect(files.length).toBeGreaterThanOrEqual(200);
    const several = files.map(fileOf).filter(({ diagnostics }) => diagnostics.length > 1);
    expect(several.length).toBeGreaterThanOrEqual(20);
  });

  it("give every code that a spec alone can give", () => {
    if (accepting) return;
    const given = new Set(files.flatMap((name) => fileOf(name).diagnostics.map(({ code }) => code)));
    const missing = [...codes.values()].filter(({ code, wrong }) => isSpecExample(wrong) && !given.has(code));
    expect(missing.map(({ code, title }) => `${code} ${title}`)).toEqual([]);
  });
});

/** Fixes of a file that, alone, leave what they are for or break the syntax. */
function fixesThatFail(name: string): string[] {
  const { source, set, diagnostics } = fileOf(name);
  const isSyntax = ({ code }: Diagnostic) => code.startsWith("L01");
  return diagnostics.flatMap((found) =>
    found.helps.flatMap(({ text, edits }) => {
      if (edits === undefined || edits.some(({ span }) => span.source !== source)) return [];
      const mended = new SourceFile(source.name, applied(source.text, edits));
      const after = compile(mended, { set, loader: loaderOf(name) }).diagnostics;
      const count = (all: readonly Diagnostic[]) =>
        all.filter(({ code, message }) => code === found.code && message === found.message).length;
      if (count(after) >= count(diagnostics)) return [`${name}: "${text}" leaves ${found.code} as it was`];
      const syntax = after.filter(isSyntax).length > diagnostics.filter(isSyntax).length;
      return syntax ? [`${name}: "${text}" gives ${after.find(isSyntax)?.message}`] : [];
    }),
  );
}

function applied(text: string, edits: readonly Edit[]): string {
  const last = [...edits].sort((a, b) => b.span.start - a.span.start);
  return last.reduce(
    (now, { span, replacement }) => now.slice(0, span.start) + replacement + now.slice(span.end),
    text,
  );
}

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { referencePages } from "../../src/cli/docs/reference-pages.js";
import { operators } from "../../src/language/operators/index.js";

const docs = join(import.meta.dirname, "../../docs");
const pages = await referencePages();

describe("docs/reference", () => {
  it.each([...pages.keys()])("%s is what the tables give (node scripts/generate-docs.mjs)", (path) => {
    expect(readFileSync(join(docs, path), "utf8").replaceAll("\r\n", "\n")).toBe(pages.get(path));
  });

  it("holds nothing else", () => {
    expect(
      readdirSync(join(docs, "reference"))
        .map((name) => `reference/${name}`)
        .sort(),
    ).toEqual([...pages.keys()].sort());
  });

  it("has a heading and the arguments of every operator", () => {
    const page = pages.get("reference/operators.md") ?? "";
    for (const { name, arguments: table } of operators.values()) {
      const [section = ""] = page.split(`\n## ${name}\n`)[1]?.split("\n## ") ?? [];
      for (const argument of Object.keys(table)) expect(section, name).toContain(`| \`${argument}\` |`);
    }
  });

  it("links to pages that are there", () => {
    for (const [path, text] of pages) {
      for (const [, target = ""] of text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)) {
        expect(() => readFileSync(join(docs, path, "..", target)), `${path}: ${target}`).not.toThrow();
      }
    }
  });
});

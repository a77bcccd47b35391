import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { compile } from "../../src/check/index.js";
import { SourceFile } from "../../src/diagnostics/index.js";
import { expectGoldenFile } from "../harness/golden.js";
import { stages } from "../harness/stages.js";

/**
 * Files without a mistake, each with what every stage makes of it in a `.golden` file beside it. One construct of the
 * language a file, so that a difference says what changed.
 */
const folder = path.join(import.meta.dirname, "corpus/right");
const how = "npx vitest run test/golden/right.test.ts";

const files = readdirSync(folder)
  .filter((name) => name.endsWith(".lerac"))
  .sort();

describe("files without a mistake", () => {
  it.each(files)("%s", (name) => {
    const text = readFileSync(path.join(folder, name), "utf8");
    const { diagnostics } = compile(new SourceFile(name, text));
    expect(diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message)).toEqual(
      [],
    );
    expectGoldenFile(path.join(folder, name.replace(/lerac$/, "golden")), stages(name, text), how);
  });

  it("are many", () => {
    expect(files.length).toBeGreaterThanOrEqual(60);
  });

  it("have no golden left over from one that is gone", () => {
    const goldens = readdirSync(folder).filter((name) => name.endsWith(".golden"));
    expect(goldens.map((name) => name.replace(/golden$/, "lerac")).sort()).toEqual(files);
  });
});

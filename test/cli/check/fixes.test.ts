import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { applyFixes } from "../../../src/cli/check/fixes.js";
import { replaceSpec } from "../../../src/cli/check/write-spec.js";
import { type Diagnostic, error, LeracError, SourceFile } from "../../../src/diagnostics/index.js";

const source = new SourceFile("a.lerac", "one two three");

function fix(of: SourceFile, ...edits: readonly (readonly [number, number, string])[]): Diagnostic {
  return error("L0201", "m", {
    helps: [
      "only words",
      {
        text: "with edits",
        edits: edits.map(([start, end, replacement]) => ({ span: { source: of, start, end }, replacement })),
      },
      { text: "another way", edits: [{ span: { source: of, start: 0, end: 1 }, replacement: "X" }] },
    ],
  });
}

describe("applying fixes", () => {
  it("takes the first help with edits of each diagnostic, from whatever order", () => {
    const { text, applied } = applyFixes(source, [fix(source, [8, 13, "3"]), fix(source, [0, 3, "1"])]);
    expect(text).toBe("1 two 3");
    expect(applied).toHaveLength(2);
  });

  it("applies all edits of a fix or none", () => {
    const both = fix(source, [0, 3, "1"], [8, 13, "3"]);
    expect(applyFixes(source, [both]).text).toBe("1 two 3");
    const { text, applied } = applyFixes(source, [fix(source, [10, 11, "!"]), both]);
    expect(text).toBe("one two th!ee");
    expect(applied).toHaveLength(1);
  });

  it("leaves overlapping ones for the next round, and insertions at one place", () => {
    expect(applyFixes(source, [fix(source, [0, 5, "a"]), fix(source, [4, 7, "b"])]).text).toBe("awo three");
    expect(applyFixes(source, [fix(source, [3, 3, "a"]), fix(source, [3, 3, "b"])]).text).toBe(
      "onea two three",
    );
    expect(applyFixes(source, [fix(source, [0, 3, "a"]), fix(source, [3, 3, "b"])]).text).toBe(
      "ab two three",
    );
  });

  it("never touches another text of the same name", () => {
    const other = new SourceFile("a.lerac", "one two three");
    expect(applyFixes(source, [fix(other, [0, 3, "1"])])).toEqual({ text: source.text, applied: [] });
  });

  it("changes nothing where there is nothing to apply", () => {
    expect(applyFixes(source, [error("L0201", "m", { helps: ["words"] })]).text).toBe(source.text);
  });
});

describe("replacing a spec", () => {
  const folder = mkdtempSync(join(tmpdir(), "lerac-fix-"));
  const path = join(folder, "a.lerac");
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("keeps a byte order mark and permissions, and leaves nothing behind", () => {
    writeFileSync(path, "\ufeffold");
    chmodSync(path, 0o640);
    replaceSpec(path, "old", "new");
    expect(readFileSync(path, "utf8")).toBe("\ufeffnew");
    if (process.platform !== "win32") expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder)).toEqual(["a.lerac"]);
  });

  it.skipIf(process.platform === "win32")("writes what a symbolic link leads to", () => {
    writeFileSync(path, "old");
    const link = join(folder, "link.lerac");
    symlinkSync("a.lerac", link);
    replaceSpec(link, "old", "new");
    expect(readFileSync(path, "utf8")).toBe("new");
    rmSync(link);
  });

  it("leaves a file alone that has changed in the meantime", () => {
    writeFileSync(path, "newer");
    expect(() => replaceSpec(path, "old", "new")).toThrow(/was changed by somebody else/);
    expect(readFileSync(path, "utf8")).toBe("newer");
  });

  it("says why it can't", () => {
    try {
      replaceSpec(join(folder, "missing.lerac"), "old", "new");
      expect.unreachable();
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(LeracError);
      expect((thrown as LeracError).diagnostics[0]).toMatchObject({ code: "L0006" });
    }
  });
});

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { LeracError } from "../../src/diagnostics/index.js";
import { removePartialFiles, writeFailure, writeFileAtomic } from "../../src/runs/atomic-file.js";

const folder = mkdtempSync(join(tmpdir(), "lerac-atomic-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a file written at once", () => {
  it("replaces the old one and leaves nothing else", async () => {
    const path = join(folder, "a.txt");
    writeFileSync(path, "old and longer");
    await writeFileAtomic(path, [Buffer.from("ne"), Buffer.from("w")]);
    expect(readFileSync(path, "utf8")).toBe("new");
    expect(readdirSync(folder)).toEqual(["a.txt"]);
  });

  it("that can't be written is an error with a code, and other faults stay what they are", async () => {
    await expect(writeFileAtomic(join(folder, "none", "a.txt"), "x")).rejects.toThrow(/its folder is gone/);
    const full = writeFailure(Object.assign(new Error("write"), { code: "ENOSPC" }), "events.jsonl");
    expect(full).toBeInstanceOf(LeracError);
    expect(full).toMatchObject({ exitCode: 5, message: "events.jsonl can't be written: the disk is full" });
    const other = new TypeError("no");
    expect(writeFailure(other, "x")).toBe(other);
  });

  it("what a killed writer left is removed, and only that", async () => {
    writeFileSync(join(folder, ".ckpt-000008.safetensors.4711.partial"), "half");
    writeFileSync(join(folder, ".keep"), "");
    await removePartialFiles(folder);
    expect(readdirSync(folder).sort()).toEqual([".keep", "a.txt"]);
  });
});

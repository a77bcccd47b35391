import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { describeEnvironment } from "../../src/runs/environment.js";

const folder = mkdtempSync(join(tmpdir(), "lerac-git-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const spec = join(folder, "specs/a.lerac");
mkdirSync(join(folder, "specs"));
writeFileSync(spec, "lerac 1\n");

function git(...args: string[]): string {
  const who = ["-c", "user.name=Test", "-c", "user.email=test@example.org"];
  return execFileSync("git", [...who, "-C", folder, ...args], { encoding: "utf8" }).trim();
}

const hasGit = (() => {
  try {
    git("--version");
    return true;
  } catch {
    return false;
  }
})();

describe("what a run ran on", () => {
  it("names machine, Node and the libraries that compute", () => {
    const found = describeEnvironment(null);
    expect(found).toMatchObject({ node: process.versions.node, platform: process.platform, commit: null });
    expect(found.memory).toBeGreaterThan(1e8);
    expect(Object.keys(found.libraries)).toEqual(expect.arrayContaining(["@tensorflow/tfjs-core", "sharp"]));
    for (const version of Object.values(found.libraries)) expect(version).toMatch(/^\d+\.\d+\.\d+/);
  });

  it.skipIf(!hasGit)("names the commit of the spec, and whether that is all of it", () => {
    expect(describeEnvironment(spec).commit).toBe(null);
    git("init", "-q");
    expect(describeEnvironment(spec).commit).toBe(null);
    writeFileSync(join(folder, "other"), "1");
    git("add", "other");
    git("commit", "-qm", "one");
    const sha = git("rev-parse", "HEAD");
    expect(describeEnvironment(spec).commit, "the spec is not in it").toEqual({ sha, clean: false });
    git("add", "specs");
    git("commit", "-qm", "two");
    writeFileSync(join(folder, "a new file"), "");
    const clean = { sha: git("rev-parse", "HEAD"), clean: true };
    expect(describeEnvironment(spec).commit).toEqual(clean);
    writeFileSync(join(folder, "other"), "2");
    expect(describeEnvironment(spec).commit).toEqual({ ...clean, clean: false });
    expect(describeEnvironment(join(folder, "nowhere/b.lerac")).commit).toBe(null);
  });
});

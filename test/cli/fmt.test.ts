import { chmodSync, statSync, symlinkSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Project } from "./harness.js";

const project = new Project();
const untidy = "lerac 1\nparam  a=1\ntrain { batch 64 }\n";
const tidy = "lerac 1\n\nparam a = 1\n\ntrain {\n  batch  64\n}\n";

describe("lerac fmt", () => {
  it("writes a file that changes, says so, and keeps its permissions", async () => {
    project.write("x.lerac", untidy);
    chmodSync(project.path("x.lerac"), 0o640);
    const { exit, stdout, stderr } = await project.lerac(["fmt", "x.lerac"]);
    expect({ exit, stdout, stderr }).toEqual({ exit: 0, stdout: "formatted  x.lerac\n", stderr: "" });
    expect(project.read("x.lerac")).toBe(tidy);
    if (process.platform !== "win32") expect(statSync(project.path("x.lerac")).mode & 0o777).toBe(0o640);
  });

  it("does not touch a file that has its layout", async () => {
    project.write("same.lerac", tidy);
    const { mtimeMs, ino } = statSync(project.path("same.lerac"));
    const { exit, stdout } = await project.lerac(["fmt", "same.lerac"]);
    expect({ exit, stdout }).toEqual({ exit: 0, stdout: "" });
    expect(statSync(project.path("same.lerac"))).toMatchObject({ mtimeMs, ino });
  });

  it.skipIf(process.platform === "win32")("writes the file that a link leads to", async () => {
    project.write("target.lerac", untidy);
    symlinkSync("target.lerac", project.path("link.lerac"));
    expect((await project.lerac(["fmt", "link.lerac"])).exit).toBe(0);
    expect(project.read("target.lerac")).toBe(tidy);
  });

  it("drops a byte order mark, and carriage returns", async () => {
    project.write("mark.lerac", `\ufeff${tidy}`);
    project.write("returns.lerac", tidy.replaceAll("\n", "\r\n"));
    expect((await project.lerac(["fmt", "--check", "mark.lerac", "returns.lerac"])).exit).toBe(1);
    expect((await project.lerac(["fmt", "mark.lerac", "returns.lerac"])).exit).toBe(0);
    expect(project.read("mark.lerac")).toBe(tidy);
    expect(project.read("returns.lerac")).toBe(tidy);
  });

  it("reads standard input and writes standard output", async () => {
    const { exit, stdout, stderr } = await project.lerac(["fmt", "-"], { input: untidy });
    expect({ exit, stdout, stderr }).toEqual({ exit: 0, stdout: tidy, stderr: "" });
  });

  it("--check names what would change, writes nothing, and exits with 1", async () => {
    project.write("untidy.lerac", untidy);
    const { exit, stdout } = await project.lerac(["fmt", "--check", "untidy.lerac", "same.lerac"]);
    expect({ exit, stdout }).toEqual({ exit: 1, stdout: "not formatted  untidy.lerac\n" });
    expect(project.read("untidy.lerac")).toBe(untidy);
    expect((await project.lerac(["fmt", "--check", "same.lerac"])).exit).toBe(0);
  });

  it("--diff shows the lines that would change, and writes nothing", async () => {
    const { exit, stdout } = await project.lerac(["fmt", "--diff", "untidy.lerac", "same.lerac"]);
    expect(exit).toBe(0);
    expect(stdout).toContain("--- untidy.lerac\n+++ untidy.lerac (formatted)\n@@ -1 +1 @@\n lerac 1\n");
    expect(stdout).toContain("\n-train { batch 64 }\n");
    expect(stdout).toContain("\n+  batch  64\n");
    expect(stdout).not.toContain("same.lerac");
    expect(project.read("untidy.lerac")).toBe(untidy);
    expect((await project.lerac(["fmt", "--diff", "--check", "untidy.lerac"])).exit).toBe(1);
  });

  it("formats what parses of a broken file, says what does not, and exits with 3", async () => {
    project.write("broken.lerac", "lerac 1\n\ntrain {\nbatch  = 64\nepochs   3\n}\n");
    const { exit, stderr } = await project.lerac(["fmt", "broken.lerac"]);
    expect(exit).toBe(3);
    expect(stderr).toContain("--> broken.lerac:4:");
    expect(stderr).toContain("broken.lerac: what does not parse is left as written, the rest is formatted\n");
    expect(project.read("broken.lerac")).toBe("lerac 1\n\ntrain {\nbatch  = 64\n  epochs  3\n}\n");
  });

  it("shows the lines of a broken file as they are after it was written", async () => {
    project.write("later.lerac", "lerac 1\nparam a = 1\ntrain {\n  batch = 64\n}\n");
    const check = await project.lerac(["fmt", "--check", "later.lerac"]);
    expect(check.stderr).toContain("--> later.lerac:4:9");
    const { stderr } = await project.lerac(["fmt", "later.lerac"]);
    expect(stderr).toContain("--> later.lerac:6:9");
  });

  it("goes on with the other files when one is missing, and exits with 4", async () => {
    project.write("other.lerac", untidy);
    const { exit, stdout, stderr } = await project.lerac(["fmt", "none.lerac", "other.lerac"]);
    expect(exit).toBe(4);
    expect(stdout).toBe("formatted  other.lerac\n");
    expect(stderr).toContain("error[L0005]: none.lerac can't be read");
  });
});

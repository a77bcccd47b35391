import { describe, expect, it } from "vitest";
import { fashionSpec, Project } from "./harness.js";

const project = new Project();

/** The sound spec with some text replaced. */
function changed(...changes: readonly (readonly [string, string])[]): string {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`${from} is not in the spec`);
    return text.replaceAll(from, to);
  }, fashionSpec);
}

const misspelt = changed(["batch_norm", "batch_nrom"], ["momentum:", "momentom:"], ["schedule ", "shedule "]);

describe("lerac check", () => {
  it("says in one line that a file is right", async () => {
    const { exit, stdout, stderr } = await project.lerac(["check", "fashion.lerac"]);
    expect(stdout).toMatch(/^ok {2}fashion\.lerac {3}1 model, [\d,]+ parameters, 2 levels\n$/);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
  });

  it("writes what is wrong on standard output and exits with 3", async () => {
    project.write("wrong.lerac", misspelt);
    const { exit, stdout, stderr } = await project.lerac(["check", "wrong.lerac"]);
    expect({ exit, stderr }).toEqual({ exit: 3, stderr: "" });
    expect(stdout).toContain("error[L0201]: there is no layer called `batch_nrom`\n  --> wrong.lerac:");
    expect(stdout).toMatch(/\n3 errors in 1 file\n$/);
  });

  it("counts files, and reads standard input", async () => {
    const two = await project.lerac(["check", "fashion.lerac", "wrong.lerac"]);
    expect(two.exit).toBe(3);
    expect(two.stdout).toMatch(/^ok {2}fashion\.lerac/);
    expect(two.stdout).toMatch(/3 errors in 2 files\n$/);
    const input = await project.lerac(["check", "-"], { input: misspelt });
    expect(input.stdout).toContain("--> <stdin>:");
  });

  it("exits with 4 when nothing but files is missing", async () => {
    const { exit, stdout } = await project.lerac(["check", "fashion.lerac", "none.lerac"]);
    expect(exit).toBe(4);
    expect(stdout).toContain("error[L0005]: none.lerac can't be read: there is no such file");
  });

  it("colours when asked to and never with NO_COLOR", async () => {
    const forced = await project.lerac(["check", "wrong.lerac"], { env: { FORCE_COLOR: "1" } });
    expect(forced.stdout).toContain("\u001b[31merror[L0201]\u001b[39m");
    const none = await project.lerac(["check", "wrong.lerac"], { env: { FORCE_COLOR: "1", NO_COLOR: "1" } });
    expect(none.stdout).not.toContain("\u001b");
  });
});

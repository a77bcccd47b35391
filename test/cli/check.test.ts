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

describe("lerac check --format", () => {
  it("writes one document for machines", async () => {
    const json = await project.lerac(["check", "--format", "json", "fashion.lerac", "wrong.lerac"]);
    expect(json.exit).toBe(3);
    const document = JSON.parse(json.stdout);
    expect(document.files).toEqual([
      { file: "fashion.lerac", ok: true },
      { file: "wrong.lerac", ok: false },
    ]);
    expect(document.errors).toBe(3);
    const sarif = await project.lerac(["check", "--format", "sarif", "wrong.lerac"]);
    expect(JSON.parse(sarif.stdout).runs[0].results).toHaveLength(3);
    const github = await project.lerac(["check", "--format", "github", "wrong.lerac"]);
    expect(github.stdout.trimEnd().split("\n")).toHaveLength(3);
    expect(github.stdout).toMatch(/^::error file=wrong\.lerac,line=\d+/);
  });

  it("says so of nothing too", async () => {
    const json = await project.lerac(["check", "--format", "json", "fashion.lerac"]);
    expect(JSON.parse(json.stdout)).toMatchObject({ errors: 0, diagnostics: [] });
    const github = await project.lerac(["check", "--format", "github", "fashion.lerac"]);
    expect(github).toMatchObject({ exit: 0, stdout: "" });
  });

  it("knows its formats", async () => {
    const { exit, stderr } = await project.lerac(["check", "--format", "xml", "fashion.lerac"]);
    expect(exit).toBe(2);
    expect(stderr).toContain("there is no format called `xml`");
  });
});

describe("lerac check --fix", () => {
  it("writes what messages offer, says what, and checks again", async () => {
    project.write("fix.lerac", misspelt);
    const { exit, stdout } = await project.lerac(["check", "--fix", "fix.lerac"]);
    expect(stdout).toMatch(/^fixed {2}fix\.lerac:\d+:\d+ {3}`batch_nrom` -> `batch_norm` {3}L0201$/m);
    expect(stdout).toMatch(/^fixed {2}fix\.lerac:\d+:\d+ {3}`momentom` -> `momentum` {3}L0203$/m);
    expect(stdout).toMatch(/^fixed {2}fix\.lerac:\d+:\d+ {3}`shedule` -> `schedule` {3}L0215$/m);
    expect(stdout).toMatch(/\nok {2}fix\.lerac/);
    expect(exit).toBe(0);
    expect(project.read("fix.lerac")).toBe(fashionSpec);
  });

  it("leaves what needs a decision, and the file alone where there is nothing to fix", async () => {
    const text = changed(["dense(10)", "dense(width)"], ["batch      8", "batch      2.5"]);
    project.write("decide.lerac", text);
    const { exit, stdout } = await project.lerac(["check", "--fix", "decide.lerac"]);
    expect(exit).toBe(3);
    expect(stdout).not.toContain("fixed  ");
    expect(project.read("decide.lerac")).toBe(text);
  });

  it("goes on until nothing more can be fixed", async () => {
    // The line `lerac 1` is missing: only once it is there, the rest is looked at.
    project.write("rounds.lerac", misspelt.replace(/^lerac 1\n\n/, ""));
    const { exit, stdout } = await project.lerac(["check", "--fix", "rounds.lerac"]);
    expect(stdout).toContain("L0108");
    expect(stdout).toContain("L0201");
    expect(exit).toBe(0);
  });

  it("writes no standard input", async () => {
    const { exit, stderr } = await project.lerac(["check", "--fix", "-"], { input: misspelt });
    expect(exit).toBe(2);
    expect(stderr).toContain("`--fix` writes files");
  });
});

describe("lerac check --data", () => {
  it("finds the data of a sound spec", async () => {
    const { exit } = await project.lerac(["check", "--data", "fashion.lerac"]);
    expect(exit).toBe(0);
  });

  it("points at the line that names data which are not there; plain check does not look", async () => {
    project.write("nodata.lerac", changed(['"data/fashion"', '"data/missing"']));
    expect((await project.lerac(["check", "nodata.lerac"])).exit).toBe(0);
    const { exit, stdout } = await project.lerac(["check", "--data", "nodata.lerac"]);
    expect(exit).toBe(4);
    expect(stdout).toContain("error[L0304]: the images for `train` of `fashion` are missing");
    expect(stdout).toContain('idx("data/missing")');
    expect(stdout).toContain("^^^^^^^^^^^^^^ no such folder, seen from the spec");
  });
});

describe("lerac check --all", () => {
  it("shows what folds and what is over the budget", async () => {
    project.write("many.lerac", changed(["        relu\n", "        rellu\n".repeat(30)]));
    const some = await project.lerac(["check", "many.lerac"]);
    expect(some.stdout).toContain("(and 29 more like it: lines ");
    const all = await project.lerac(["check", "--all", "many.lerac"]);
    expect(all.stdout.match(/^error\[L0201\]/gm)).toHaveLength(30);
  });
});

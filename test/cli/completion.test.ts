import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { candidates } from "../../src/cli/completion/candidates.js";
import { environment, lerac, leracModules, Project } from "./harness.js";
import { typed } from "./in-process.js";

const project = new Project();

/** The shell's own answer to Tab behind these words. */
let offered: (...words: string[]) => string[];

beforeAll(async () => {
  const { exit, stdout } = await typed(project, ["completion", "bash"]);
  expect(exit).toBe(0);
  mkdirSync(project.path("runs/fashion-lerac-s1-7f3a"), { recursive: true });
  project.write("runs/fashion-lerac-s1-7f3a/run.json", "{}");
  mkdirSync(project.path("runs/not-a-run-b81d"), { recursive: true });
  mkdirSync(project.path("bin"));
  project.write("bin/lerac", `#!/bin/sh\nexec "${process.execPath}" "${lerac}" "$@"\n`);
  project.write("completion.bash", stdout);
  const script = `chmod +x bin/lerac; PATH="$PWD/bin:$PATH"; source ./completion.bash
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _lerac; printf '%s\\n' "\${COMPREPLY[@]}"`;
  offered = (...words) =>
    execFileSync("bash", ["--norc", "-c", script, "bash", ...words], {
      cwd: project.folder,
      env: environment(),
      encoding: "utf8",
    })
      .split("\n")
      .filter((line) => line !== "");
});

describe.skipIf(process.platform === "win32")("completion in bash", () => {
  it("offers commands, and those that begin so", () => {
    expect(offered("lerac", "")).toEqual(expect.arrayContaining(["init", "check", "plan", "run", "compile"]));
    expect(offered("lerac", "pl")).toEqual(["plan"]);
  });

  it("offers the flags of the command", () => {
    expect(offered("lerac", "plan", "--s")).toEqual(["--set", "--svg", "--snapshot"]);
    expect(offered("lerac", "plan", "--th")).toEqual([]);
  });

  it("offers spec files, programs and folders", () => {
    project.write("notes.txt", "");
    project.write("a b.lerac", "");
    expect(offered("lerac", "check", "").sort()).toEqual([
      "a b.lerac",
      "bin",
      "data",
      "fashion.lerac",
      "runs",
    ]);
    expect(offered("lerac", "run", "fa")).toEqual(["fashion.lerac"]);
  });

  it("offers the params of the spec on the line, to be followed by a value", () => {
    expect(offered("lerac", "run", "fashion.lerac", "--set", "")).toEqual(["width="]);
    expect(offered("lerac", "run", "--set", "")).toEqual([]);
  });

  it("offers ids of runs, and names that were given to them", () => {
    expect(offered("lerac", "resume", "7")).toEqual(["7f3a"]);
    expect(offered("lerac", "show", "7f3a", "--against", "7")).toEqual(["7f3a"]);
    project.write("runs/fashion-lerac-s1-7f3a/labels.json", '{ "name": "baseline", "tags": [] }');
    expect(offered("lerac", "watch", "b").sort()).toEqual(["baseline", "bin"]);
    project.write("runs/fashion-lerac-s1-7f3a/labels.json", '{ "name": "$(touch x)", "tags": [] }');
    expect(offered("lerac", "watch", "$")).toEqual([]);
  });

  it("offers what can be done with runs, and the runs it is done with", () => {
    expect(offered("lerac", "runs", "t")).toEqual(["tag"]);
    expect(offered("lerac", "runs", "rm", "7")).toEqual(["7f3a"]);
    expect(offered("lerac", "runs", "--s")).toEqual(["--sort"]);
  });

  it("offers runs and any file where a run comes before inputs", () => {
    project.write("7-shoes.png", "");
    expect(offered("lerac", "predict", "7").sort()).toEqual(["7-shoes.png", "7f3a"]);
  });

  it("offers the words of a flag, and files where it takes one", () => {
    expect(offered("lerac", "compile", "fashion.lerac", "--emit", "")).toEqual([
      "tokens",
      "ast",
      "program",
      "plan",
      "step-graph",
      "onnx",
      "saved-model",
    ]);
    expect(offered("lerac", "plan", "fashion.lerac", "-o", "no")).toEqual(["notes.txt"]);
    expect(offered("lerac", "completion", "z")).toEqual(["zsh"]);
  });
});

describe("completion elsewhere", () => {
  it.each(["zsh", "fish", "powershell"])("%s: a script with every command", async (shell) => {
    const { exit, stdout } = await typed(project, ["completion", shell]);
    expect(exit).toBe(0);
    for (const word of ["init", "check", "plan", "snapshot", "__complete", "watch", "untag"])
      expect(stdout).toContain(word);
  });

  it("an unknown shell is exit 2", async () => {
    const { exit, stderr } = await typed(project, ["completion", "bsh"]);
    expect(exit).toBe(2);
    expect(stderr).toContain("did you mean `bash`?");
  });
});

describe("what the shell asks for", () => {
  it("never fails: no file, no folder, a binary file", () => {
    expect(candidates(["params", "/no/such/file"], {})).toEqual([]);
    expect(candidates(["runs"], { LERAC_RUNS: "/no/such/folder" })).toEqual([]);
    expect(candidates(["params", process.execPath], {})).toEqual([]);
    expect(candidates([], {})).toEqual([]);
  });

  it("reads params with comments behind them, and makes control characters harmless", () => {
    const file = project.path("params.lerac");
    project.write(
      "params.lerac",
      'lerac 1\nparam a = 1 # one\n  param b="\u001b[31m"\nparamx = 3\n# param c = 2\n',
    );
    expect(candidates(["params", file], {})).toEqual(["a=\t1", 'b=\t"?[31m"']);
  });

  it("is answered by two small modules: nothing of the compiler is loaded for it", () => {
    const record = project.path("loaded.txt");
    const register = pathToFileURL(resolve(import.meta.dirname, "../harness/loaded/register.mjs")).href;
    const answer = execFileSync(process.execPath, [leracModules, "__complete", "params", "fashion.lerac"], {
      cwd: project.folder,
      env: environment({ LERAC_LOADED: record, NODE_OPTIONS: `--import ${register}` }),
      encoding: "utf8",
    });
    expect(answer).toBe("width=\t2\n");
    const loaded = project.read("loaded.txt").trimEnd().split("\n");
    const own = loaded.filter((url) => url.startsWith("file:")).map((url) => url.replace(/^.*\/src\//, ""));
    expect(own).toEqual(["cli/main.js", "cli/completion/candidates.js"]);
  });
});

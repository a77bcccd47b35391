import { existsSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { planSchema } from "../../src/report/index.js";
import { expectGoldenFile } from "../harness/golden.js";
import { Project } from "./harness.js";
import { typed } from "./in-process.js";

const project = new Project();

describe("lerac plan as an artifact", () => {
  it("--json is one document of the published schema, data or not", async () => {
    const { exit, stdout, stderr } = await typed(project, ["plan", "fashion.lerac", "--json"]);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
    const document = JSON.parse(stdout) as { train: object };
    const validate = new Ajv({ strictRequired: false }).compile(planSchema);
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    expect(document.train).toMatchObject({ samples: 60, stepsPerEpoch: 8, steps: 24 });
  });

  it("--csv -o FILE writes a row an epoch", async () => {
    const { exit, stdout, stderr } = await typed(project, [
      "plan",
      "fashion.lerac",
      "--csv",
      "-o",
      "rates.csv",
    ]);
    expect({ exit, stdout, stderr }).toEqual({ exit: 0, stdout: "", stderr: "wrote rates.csv\n" });
    expect(project.read("rates.csv")).toMatch(
      /^epoch,conv,head\n0,0\.05,0\.00005\n1,0\.05,0\.05\n2,[\d.]+,[\d.]+\n$/,
    );
  });

  it("--csv of a plan that needs the data says so where they are not: exit 4", async () => {
    project.write("mixed.lerac", project.read("fashion.lerac").replace("until  1 epochs", "until  8 steps"));
    const here = await typed(project, ["plan", "mixed.lerac", "--csv"]);
    expect(here.stdout).toMatch(/^step,conv,head\n0,/);
    const { exit, stdout, stderr } = await typed(project, [
      "plan",
      "mixed.lerac",
      "--csv",
      "--data",
      "fashion=nowhere",
    ]);
    expect({ exit, stdout }).toEqual({ exit: 4, stdout: "" });
    expect(stderr).toContain("error[L0730]: the rates of mixed.lerac depend on how much data there is");
  });

  it("--svg FILE writes the picture", async () => {
    const { exit, stdout } = await typed(project, ["plan", "fashion.lerac", "--svg", "plan.svg"]);
    expect({ exit, stdout }).toEqual({ exit: 0, stdout: "" });
    expect(project.read("plan.svg")).toMatch(
      /^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"[\s\S]*<\/svg>\n$/,
    );
  });

  it("--resolved says of every value who said so", async () => {
    const args = ["plan", "fashion.lerac", "--resolved", "--set", "width=3"];
    const { exit, stdout } = await typed(project, args, { LERAC_BACKEND: "wasm" });
    expect(exit).toBe(0);
    const origin = (name: string) =>
      new RegExp(`^(\\S+) +${name.replaceAll(".", "\\.")} +(.*)$`, "m").exec(stdout)?.slice(1);
    expect(origin("param width")).toEqual(["--set", "3"]);
    expect(origin("experiment.seeds")).toEqual(["written", "1..5"]);
    expect(origin("dataset fashion.source.idx.path")).toEqual(["written", '"data/fashion"']);
    expect(origin("train.last_batch")).toEqual(["default", "keep"]);
    expect(origin("train.optimizer.sgd.momentum")).toEqual(["written", "0.9"]);
    expect(origin("train.optimizer.sgd.nesterov")).toEqual(["default", "false"]);
    expect(origin("curriculum lerac.spacing")).toEqual(["default", "log"]);
    expect(origin("layer conv.stride")).toEqual(["written", "2"]);
    expect(origin("layer conv.padding")?.[0]).toBe("computed");
    expect(origin("layer conv.batch_norm.eps")).toEqual(["default", "1e-5"]);
    expect(origin("backend")).toEqual(["environment", "wasm"]);
    expect(origin("runs")).toEqual(["default", "runs"]);
  });

  it("--snapshot writes once, --check compares: exit 1 and a diff when it is stale", async () => {
    const missing = await typed(project, ["plan", "fashion.lerac", "--snapshot", "--check"]);
    expect(missing.exit).toBe(4);
    expect(missing.stderr).toContain("`lerac plan fashion.lerac --snapshot` writes it");
    expect(existsSync(project.path("fashion.plan"))).toBe(false);

    const written = await typed(project, ["plan", "fashion.lerac", "--snapshot"]);
    expect(written).toMatchObject({ exit: 0, stdout: "wrote fashion.plan\n" });
    expect(project.read("fashion.plan")).not.toContain("60 samples");
    const fresh = await typed(project, ["plan", "fashion.lerac", "--snapshot", "--check"]);
    expect(fresh).toMatchObject({ exit: 0, stdout: "fashion.plan is up to date\n" });

    project.write("fashion.plan", project.read("fashion.plan").replace("5.000e-5", "5.000e-6"));
    const stale = await typed(project, ["plan", "fashion.lerac", "--snapshot", "--check"]);
    expect(stale.exit).toBe(1);
    expect(stale.stdout).toMatch(
      /^--- fashion\.plan\n\+\+\+ .*\n@@ [^\n]*\n( .*\n)+- {4}2 {2}5\.000e-6 .*\n\+ {4}2 {2}5\.000e-5 /,
    );
    expect(stale.stderr).toContain("`lerac plan fashion.lerac --snapshot` writes it anew");
  });

  it.each([
    [["--json", "--csv"], "not both `--json` and `--csv`"],
    [["--check"], "`--check` of `plan` belongs to `--snapshot`"],
    [["--snapshot", "--set", "width=4"], "without `--set`"],
    [["--epochs", "3"], "`--epochs` of `plan` is `all`"],
  ])("a command line that makes no sense is exit 2: %s", async (flags, message) => {
    const { exit, stdout, stderr } = await typed(project, ["plan", "fashion.lerac", ...flags]);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: "" });
    expect(stderr).toContain(message);
  });
});

describe("lerac compile --emit", () => {
  it("tokens: a line each", async () => {
    const { exit, stdout } = await typed(project, ["compile", "fashion.lerac", "--emit", "tokens"]);
    expect(exit).toBe(0);
    expect(stdout.split("\n").slice(0, 4)).toEqual([
      '1:1\tsection\t"lerac"',
      '1:7\tnumber\t"1"',
      '1:8\tnewline\t"\\n"',
      '3:1\tsection\t"experiment"',
    ]);
  });

  it("ast: JSON with offsets for places; of a wrong file too, with what is wrong on stderr", async () => {
    project.write("broken.lerac", "lerac 1\n\nparam width = \n\nparam depth = 3\n");
    const { exit, stdout, stderr } = await typed(project, ["compile", "broken.lerac", "--emit", "ast"]);
    expect(exit).toBe(3);
    expect(stderr).toMatch(/^error\[L01\d\d\]/);
    const { items } = JSON.parse(stdout) as { items: { name: { text: string; span: number[] } }[] };
    expect(items.map((item) => item.name.text)).toContain("depth");
    expect(stdout).not.toContain("tokenType");
  });

  it("plan: the same on every machine", async () => {
    const here = await typed(project, ["compile", "fashion.lerac", "--emit", "plan"]);
    const { train } = JSON.parse(here.stdout) as { train: { samples: number | null } };
    expect(train.samples).toBeNull();
  });

  it("step-graph: one graph, which the arms of a comparison share", async () => {
    project.write("arms.lerac", `${project.read("fashion.lerac")}\ncompare {\n  conventional\n  lerac\n}\n`);
    const graphs = [];
    for (const arm of ["conventional", "lerac"]) {
      const typedWords = ["compile", "arms.lerac", "--emit", "step-graph", "--arm", arm];
      const { exit, stdout, stderr } = await typed(project, typedWords);
      expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
      graphs.push(stdout);
    }
    expect(graphs[0]).toBe(graphs[1]);
    expectGoldenFile(
      join(import.meta.dirname, "../golden/step-graph/fashion.train.txt"),
      graphs[0] ?? "",
      "npx vitest run test/cli/plan.test.ts",
    );
  });

  it("step-graph of what can't be compiled yet: exit 4, with the layer", async () => {
    project.write(
      "wide.lerac",
      project.read("fashion.lerac").replace("head: dense", "      softmax\n  head: dense"),
    );
    const words = ["compile", "wide.lerac", "--emit", "step-graph", "-o", "g.txt"];
    const { exit, stdout, stderr } = await typed(project, words);
    expect({ exit, stdout }).toEqual({ exit: 4, stdout: "" });
    expect(stderr).toMatch(/^error\[L0903\][\s\S]*conv\.softmax \(softmax\) computes softmax/);
    expect(existsSync(project.path("g.txt"))).toBe(false);
  });

  it("an unknown stage is exit 2 and names those there are", async () => {
    const { exit, stderr } = await typed(project, ["compile", "fashion.lerac", "--emit", "cst"]);
    expect(exit).toBe(2);
    expect(stderr).toContain("stages are tokens, ast, program, plan, step-graph");
  });
});

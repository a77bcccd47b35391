import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { canonicalJson, type Json } from "../../src/base/canonical-json.js";
import { Project } from "./harness.js";

const project = new Project();

interface ProgramFile {
  format: string;
  sha256: string;
  program: { plan: { table: { rates: number[][] }; levels: { start: number }[] } };
}

async function compiled(output: string, ...more: string[]): Promise<ProgramFile> {
  const { exit, stderr } = await project.lerac(["compile", "fashion.lerac", "-o", output, ...more]);
  expect(exit, stderr).toBe(0);
  return JSON.parse(project.read(output)) as ProgramFile;
}

describe("lerac plan", () => {
  it("prints layers and rates of what would run, data or not: exit 0", async () => {
    const { exit, stdout, stderr } = await project.lerac(["plan", "fashion.lerac"]);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
    expect(stdout).toMatch(/conv2d 3x3 +conv$/m);
    expect(stdout).toMatch(/^ +1 +5\.000e-2 .* conv$/m);
    expect(stdout).toMatch(/^ +2 +5\.000e-5 .* head$/m);
  });

  it("of a wrong file says why on stderr alone: exit 3", async () => {
    project.write("wrong.lerac", project.read("fashion.lerac").replace("batch_norm", "batchnorm"));
    const { exit, stdout, stderr } = await project.lerac(["plan", "wrong.lerac"]);
    expect({ exit, stdout }).toEqual({ exit: 3, stdout: "" });
    expect(stderr).toMatch(/^error\[L0201\]: .*`batchnorm`/);
  });
});

describe("lerac compile", () => {
  it("writes a program whose sha256 is that of its canonical JSON, and says so on stderr", async () => {
    const { exit, stdout, stderr } = await project.lerac(["compile", "fashion.lerac", "-o", "a.json"]);
    expect({ exit, stdout }).toEqual({ exit: 0, stdout: "" });
    const file = JSON.parse(project.read("a.json")) as ProgramFile;
    const hash = createHash("sha256")
      .update(canonicalJson(file.program as unknown as Json))
      .digest("hex");
    expect(file.sha256).toBe(hash);
    expect(stderr).toContain(hash.slice(0, 8));
  });

  it("without -o writes the same to stdout", async () => {
    await compiled("a.json");
    const { stdout, stderr } = await project.lerac(["compile", "fashion.lerac"]);
    expect(stdout).toBe(project.read("a.json"));
    expect(stderr).toBe("");
  });

  it("writes nothing when the spec is wrong: exit 3", async () => {
    project.write("wrong.lerac", project.read("fashion.lerac").replace("dense(10)", "dense(100)"));
    const { exit, stdout, stderr } = await project.lerac(["compile", "wrong.lerac", "-o", "b.json"]);
    expect({ exit, stdout }).toEqual({ exit: 3, stdout: "" });
    expect(stderr).toMatch(/L0236.*100 outputs.*10 classes/);
    expect(() => project.read("b.json")).toThrow(/ENOENT/);
  });

  it("into a folder that is not there: exit 4", async () => {
    const { exit, stderr } = await project.lerac(["compile", "fashion.lerac", "-o", "no/where.json"]);
    expect(exit).toBe(4);
    expect(stderr).toMatch(/^error\[L0006\]: no\/where\.json can't be written/);
  });

  it("hashes what runs: not layout, comments or the file's name, but every number that counts", async () => {
    const { sha256 } = await compiled("a.json");
    const spec = project.read("fashion.lerac");
    const hashOf = async (name: string, text: string) => {
      project.write(name, text);
      const { exit, stdout, stderr } = await project.lerac(["compile", name]);
      expect(exit, stderr).toBe(0);
      return (JSON.parse(stdout) as ProgramFile).sha256;
    };
    const looks = spec.replace(/^ {2}/gm, "     ").replace("classes  10", "classes 10   # shirts and shoes");
    expect(await hashOf("renamed.lerac", `${looks}\n# the end\n`)).toBe(sha256);
    expect(await hashOf("rate.lerac", spec.replace("5e-5", "6e-5"))).not.toBe(sha256);
    expect((await compiled("wide.json", "--set", "width=3")).sha256).not.toBe(sha256);
  });
});

describe("a program file from somewhere", () => {
  const refused = async (name: string, json: unknown, command = "run") => {
    project.write(name, typeof json === "string" ? json : JSON.stringify(json));
    const { exit, stdout, stderr } = await project.lerac([command, name]);
    expect({ exit, stdout }).toEqual({ exit: 4, stdout: "" });
    expect(stderr).not.toMatch(/instancePath|schema|\n\s+at /);
    return stderr;
  };

  it("with a changed rate is refused", async () => {
    const file = await compiled("a.json");
    const [row] = file.program.plan.table.rates;
    if (row === undefined) throw new Error("the plan has a table");
    row[1] = 0.05;
    const said = await refused("changed.json", file);
    expect(said).toMatch(/^error\[L0701\]: changed\.json was changed after it was compiled/);
    expect(said).toMatch(/rates of level 2 \(head\)/);
    expect(said).toMatch(/sha256 \w{4}…\w{4}, its content has/);
  });

  it("with a changed rate and a hash that was made to fit is refused", async () => {
    const file = await compiled("a.json");
    const [row] = file.program.plan.table.rates;
    if (row === undefined) throw new Error("the plan has a table");
    row[1] = 0.05;
    file.sha256 = createHash("sha256")
      .update(canonicalJson(file.program as unknown as Json))
      .digest("hex");
    const said = await refused("forged.json", file);
    expect(said).toMatch(/^error\[L0701\]/);
    expect(said).toMatch(/rates of level 2 \(head\) are not those its own curriculum gives/);
  });

  it("with a member too many, or one too few, is damaged", async () => {
    const file = await compiled("a.json");
    const more = { ...file, program: { ...file.program, __proto: 1 } };
    expect(await refused("more.json", more)).toMatch(/error\[L0703\][\s\S]*`__proto` is not known/);
    const { plan, ...less } = file.program;
    expect(plan).toBeDefined();
    expect(await refused("less.json", { ...file, program: less })).toMatch(
      /error\[L0703\][\s\S]*`plan` is missing/,
    );
  });

  it("is no program at all", async () => {
    expect(await refused("list.json", [1, 2])).toMatch(/error\[L0702\].*not a compiled program/);
    expect(await refused("torn.json", '{"format": "lerac pro')).toMatch(/error\[L0702\].*not JSON/);
    expect(await refused("null.json", "null", "plan")).toMatch(/error\[L0702\]/);
    expect(await refused("newer.json", { format: "lerac program 99" })).toMatch(/lerac program 99/);
  });

  it("takes no `--set`: exit 2", async () => {
    await compiled("a.json");
    const { exit, stderr } = await project.lerac(["plan", "a.json", "--set", "width=3"]);
    expect(exit).toBe(2);
    expect(stderr).toMatch(/^error\[L0922\]/);
  });
});

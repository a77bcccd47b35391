import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { environment, fashionSpec, lerac, Project } from "./harness.js";

const project = new Project();

describe("a command line that is wrong: exit 2, one message on stderr, what to do instead", () => {
  it.each([
    [["chekc", "fashion.lerac"], /no command called `chekc`/, /did you mean `lerac check`\?/],
    [["check", "--al", "fashion.lerac"], /no flag `--al`/, /did you mean `--all`\?/],
    [["plan", "--sett", "a=1", "fashion.lerac"], /no flag `--sett`/, /did you mean `--set`\?/],
    [["check"], /needs a file/, /lerac check --help/],
    [["check", "fashion.lerac", "--set", "width"], /NAME=VALUE/, /--set width=64/],
    [["run", "fashion.lerac", "--steps", "many"], /`--steps` needs a whole number/, /many/],
    [["run", "fashion.lerac", "--steps", "0"], /`--steps` needs a whole number/, /0/],
    [["run", "fashion.lerac", "--steps"], /`--steps` needs a value/, /lerac run --help/],
    [["run", "fashion.lerac", "--epochs", "1", "--steps", "3"], /not both/, /--epochs 1 --steps 3/],
    [["run", "fashion.lerac", "--data", "mnist=x"], /no dataset called `mnist`/, /--data fashion=x/],
    [["eval", "--split", "validation"], /no split called `validation`/, /train, val, test/],
    [["frobnicate"], /no command called `frobnicate`/, /lerac --help/],
  ] as const)("lerac %j", async (args, what, help) => {
    const { exit, stdout, stderr } = await project.lerac(args);
    expect(stdout).toBe("");
    expect(stderr.match(/^error\[L09\d\d\]/gm)).toHaveLength(1);
    expect(stderr).toMatch(what);
    expect(stderr).toMatch(help);
    expect(exit).toBe(2);
  });
});

describe("a file that can't be read", () => {
  const said = async (name: string) => {
    const { exit, stdout, stderr } = await project.lerac(["check", name]);
    return { exit, text: stdout + stderr };
  };

  it("is a folder: exit 4", async () => {
    mkdirSync(project.path("folder.lerac"));
    const { exit, text } = await said("folder.lerac");
    expect(exit).toBe(4);
    expect(text).toMatch(/error\[L0005\]: folder\.lerac .*folder/);
  });

  it("is not UTF-8", async () => {
    project.write("latin1.lerac", Buffer.from("lerac 1\n\n# gr\xf6\xdfe\n", "latin1"));
    const { exit, text } = await said("latin1.lerac");
    expect([3, 4]).toContain(exit);
    expect(text).toMatch(/error\[L0005\]: latin1\.lerac .*UTF-8/);
  });

  it("is a picture", async () => {
    project.write("cat.lerac", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]));
    const { exit, text } = await said("cat.lerac");
    expect([3, 4]).toContain(exit);
    expect(text).toMatch(/error\[L0005\]: cat\.lerac/);
  });

  it("is empty: exit 3", async () => {
    project.write("empty.lerac", "");
    const { exit, text } = await said("empty.lerac");
    expect(exit).toBe(3);
    expect(text).toMatch(/lerac 1/);
  });

  it("does not keep the others from being checked", async () => {
    const { exit, stdout, stderr } = await project.lerac(["check", "nowhere.lerac", "fashion.lerac"]);
    expect(exit).not.toBe(0);
    expect(stdout).toMatch(/^ok {2}fashion\.lerac/m);
    expect(stdout + stderr).toMatch(/nowhere\.lerac/);
  });
});

describe("what a command is given", () => {
  it("by `--set` has the type of the param", async () => {
    const parameters = async (...set: string[]) => {
      const { exit, stdout, stderr } = await project.lerac(["check", "fashion.lerac", ...set]);
      return { exit, said: stdout + stderr, count: /([\d,]+) parameters/.exec(stdout)?.[1] };
    };
    expect((await parameters()).count).toBe("1,014");
    expect((await parameters("--set", "width=4")).count).toBe("2,018");
    const word = await parameters("--set", "width=wide");
    expect(word.exit).toBe(3);
    expect(word.said).toMatch(/error\[L0214\]: .*width/);
    expect(word.said).toMatch(/1 error in 1 file/);
    const unknown = await parameters("--set", "widht=4");
    expect(unknown.exit).toBe(3);
    expect(unknown.said).toMatch(/did you mean `width`/);
  });

  it("can't steer the terminal through a message", async () => {
    project.write(
      "rude.lerac",
      "lerac 1\n\nmodel m {\n  input image(8, 8, 1)\n  \u001b[2J\u0007 dens(3)\n}\n",
    );
    const { exit, stdout } = await project.lerac(["check", "rude.lerac"]);
    expect(exit).toBe(3);
    expect(stdout).not.toContain("\u001b");
    expect(stdout).toContain("\\x1b[2J");
  });

  it("by a reader that has gone ends it silently, whatever it found", async () => {
    const lines = Array.from({ length: 400 }, (_, i) => `  l${i}: dens${i}(3)`);
    project.write("long.lerac", `lerac 1\n\nmodel m {\n  input image(8, 8, 1)\n\n${lines.join("\n")}\n}\n`);
    const { exit, stderr } = await withClosedPipe(["check", "--all", ...Array(5).fill("long.lerac")]);
    expect(stderr).toBe("");
    expect([0, 3]).toContain(exit);
  });

  it("is nothing: the overview, on stdout, exit 0; the version is told", async () => {
    const { exit, stdout, stderr } = await project.lerac([]);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
    for (const name of ["check", "plan", "run", "resume", "compile", "eval"]) {
      expect(stdout).toMatch(new RegExp(`(^|\\s)${name}\\s`, "m"));
    }
    expect((await project.lerac(["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

/** The spec that the tests start from must be right, or they would all pass for the wrong reason. */
it("starts from a right spec", async () => {
  project.write("right.lerac", fashionSpec);
  expect((await project.lerac(["check", "right.lerac"])).exit).toBe(0);
});

/** Runs a command whose output nobody reads, as behind `| head -0`. */
function withClosedPipe(args: readonly string[]): Promise<{ exit: number | null; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [lerac, ...args], { cwd: project.folder, env: environment() });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.stdout.destroy();
    child.on("error", reject);
    child.on("close", (exit) => resolve({ exit, stderr }));
  });
}

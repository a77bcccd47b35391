import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { TestTerminal } from "../harness/screen.js";
import { fashionSpec, lerac, Project } from "./harness.js";

const project = new Project();
const flags = ["--backend", "wasm", "--threads", "1"];

const ctrlC = "\u0003";
/** Long enough that a process can be caught in the middle: 120 steps. */
const longer = project.write("longer.lerac", fashionSpec.replace("epochs     3", "epochs     15"));

/** The tensors of a checkpoint as bytes: everything behind the header. */
function tensors(run: string, name: string): string {
  const bytes = readFileSync(join(project.path(run), "checkpoints", name));
  return bytes.subarray(8 + Number(bytes.readBigUInt64LE(0))).toString("hex");
}

/** The newest checkpoint of a run. */
function newest(run: string): string {
  const names = readdirSync(join(project.path(run), "checkpoints")).filter((name) =>
    name.startsWith("ckpt-"),
  );
  return names.sort().at(-1) ?? "";
}

describe("lerac run", () => {
  it("says how much of the plan will be run, in lines, in the picture and in the list", async () => {
    const { exit, stderr } = await project.lerac([
      ...["run", "fashion.lerac", ...flags, "--epochs", "2", "--out", "runs/short"],
    ]);
    expect(exit, stderr).toBe(0);
    expect(stderr).toMatch(/ok: 1,014 parameters, 2 levels, 16 of 24 steps$/m);
    expect(stderr).toMatch(/start .* 2 of 3 epochs, 16 steps$/m);
    expect(stderr).toMatch(/epoch {2}1\/2 /);
    const { stdout } = await project.lerac(["watch", "runs/short", "--once"]);
    expect(stdout).toMatch(/epoch +2\.00\/2 .* 100 %/);
    expect((await project.lerac(["runs"])).stdout).toMatch(/\t2\/2\t/);
  });

  it("trains: the story on stderr, the folder on stdout, exit 0; what is there can be measured", async () => {
    const { exit, stdout, stderr } = await project.lerac([
      "run",
      "fashion.lerac",
      ...flags,
      "--out",
      "first",
    ]);
    expect(exit, stderr).toBe(0);
    expect(stdout).toBe("first\n");
    expect(stderr).toMatch(/^lerac \d\S+ {2}fashion\.lerac {2}ok: 1,014 parameters, 2 levels, 24 steps$/m);
    expect(stderr).toMatch(/^0:00:0\d epoch {2}3\/3 /m);
    expect(stderr).toMatch(/end {4}completed/);
    expect(stderr).not.toContain("\u001b");

    const measured = await project.lerac(["eval", "first", "--json"]);
    expect(measured.exit, measured.stderr).toBe(0);
    expect(JSON.parse(measured.stdout)).toMatchObject({ run: "first", split: "test", samples: 20 });

    const again = await project.lerac(["resume", "first"]);
    expect(again.exit).toBe(4);
    expect(again.stderr).toMatch(/^error\[L07\d\d\]/m);
  });

  it("of the same program gives the same weights bit for bit, of another seed others", async () => {
    const same = async (out: string, ...more: string[]) => {
      const { exit, stderr } = await project.lerac(["run", "p.json", ...flags, "-q", "--out", out, ...more]);
      expect(exit, stderr).toBe(0);
      expect(newest(out)).toMatch(/^ckpt-0*24/);
      return tensors(out, newest(out));
    };
    expect((await project.lerac(["compile", "fashion.lerac", "-o", "p.json"])).exit).toBe(0);
    const one = await same("one");
    expect(await same("two")).toBe(one);
    expect(await same("three", "--seed", "2")).not.toBe(one);
  });

  it("with --json writes its events to stdout, whole and in order, and nothing else", async () => {
    const args = ["run", "fashion.lerac", ...flags, "--steps", "20", "--json", "--out", "events"];
    const { exit, stdout, stderr } = await project.lerac(args);
    expect(exit, stderr).toBe(0);
    const events = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { type: string; seq: number; step: number });
    expect(events.map((event) => event.seq)).toEqual(events.map((_, i) => i + 1));
    expect(events.some((event) => event.type === "run.start")).toBe(true);
    expect(events.at(-1)).toMatchObject({ type: "run.end", step: 20, outcome: "completed", exit: 0 });
    expect(stdout).toBe(readFileSync(join(project.path("events"), "events.jsonl"), "utf8"));
  });

  it("stops on Ctrl-C with a checkpoint, exit 6; resumed it ends with the weights of a run that never stopped", async () => {
    const straight = await project.lerac(["run", longer, ...flags, "-q", "--out", "straight"]);
    expect(straight.exit, straight.stderr).toBe(0);

    const terminal = inTerminal("stopped");
    try {
      await terminal.shows(/step +\d/, 25_000);
      terminal.type(ctrlC);
      expect((await terminal.exited).exitCode).toBe(6);
      expect(terminal.written).toMatch(/stopping: the step is finished and saved first/);
    } finally {
      terminal.kill();
    }
    expect(newest("stopped") < newest("straight")).toBe(true);

    const { exit, stdout, stderr } = await project.lerac(["resume", "stopped", "-q"]);
    expect(exit, stderr).toBe(0);
    expect(stdout).toBe("stopped\n");
    expect(newest("stopped")).toBe(newest("straight"));
    expect(tensors("stopped", newest("stopped"))).toBe(tensors("straight", newest("straight")));
  });

  it.skipIf(process.platform === "win32")("is aborted by a second Ctrl-C: exit 130", async () => {
    const terminal = inTerminal("aborted");
    try {
      await terminal.shows(/step +\d/, 25_000);
      // The trainer is held, so that the second one comes before it could obey the first.
      const { pid } = JSON.parse(readFileSync(join(project.path("aborted"), "trainer.lock"), "utf8")) as {
        pid: number;
      };
      process.kill(pid, "SIGSTOP");
      terminal.type(ctrlC);
      await terminal.shows("stopping");
      terminal.type(ctrlC);
      await setTimeout(300);
      process.kill(pid, "SIGCONT");
      expect((await terminal.exited).exitCode).toBe(130);
    } finally {
      terminal.kill();
    }
  });

  it("that diverges ends with exit 5 and says where", async () => {
    const wild = fashionSpec.replace("rate: 0.05", "rate: 1e30").replace("0.05 -> 5e-5", "1e30 -> 1e29");
    project.write("wild.lerac", wild);
    const { exit, stderr } = await project.lerac(["run", "wild.lerac", ...flags, "--out", "wild"]);
    expect(exit).toBe(5);
    expect(stderr).toMatch(/^error\[L0\d{3}\]/m);
  });
});

describe("lerac run refuses before it begins", () => {
  it("three specs that are wrong in different ways: exit 3, nothing made", async () => {
    const specs = [
      ["layer.lerac", fashionSpec.replace("batch_norm", "batch_nrom"), /L0201.*`batch_nrom`/],
      ["head.lerac", fashionSpec.replace("dense(10)", "dense(100)"), /L0236.*100 outputs/],
      ["brace.lerac", fashionSpec.replace("dense(10)\n}", "dense(10)\n"), /L01\d\d/],
    ] as const;
    for (const [name, text, says] of specs) {
      project.write(name, text);
      const { exit, stdout, stderr } = await project.lerac(["run", name, "--out", "never"]);
      expect({ exit, stdout }, stderr).toEqual({ exit: 3, stdout: "" });
      expect(stderr).toMatch(says);
    }
    expect(existsSync(project.path("never"))).toBe(false);
  });

  it("data that are missing: exit 4, and where they were sought", async () => {
    project.write("elsewhere.lerac", fashionSpec.replace("data/fashion", "data/mnist"));
    const { exit, stderr } = await project.lerac(["run", "elsewhere.lerac", "--out", "never"]);
    expect(exit).toBe(4);
    expect(stderr).toMatch(/^error\[L0304\][\s\S]*data\/mnist/);
  });

  it("a truncated IDX file: exit 4, and how many bytes are missing", async () => {
    const torn = new Project();
    const images = torn.path("data/fashion/train-images-idx3-ubyte");
    const bytes = readFileSync(images);
    writeFileSync(images, bytes.subarray(0, bytes.length - 1000));
    const { exit, stdout, stderr } = await torn.lerac(["run", "fashion.lerac", "--out", "never"]);
    expect({ exit, stdout }).toEqual({ exit: 4, stdout: "" });
    expect(stderr).toMatch(/^error\[L03\d\d\]: .*train-images-idx3-ubyte/);
    expect(stderr).toMatch(/47,056|46,056|1,000/);
  });

  it("a folder that holds something: exit 4", async () => {
    const { exit, stderr } = await project.lerac(["run", "fashion.lerac", "--out", "data"]);
    expect(exit).toBe(4);
    expect(stderr).toMatch(/^error\[L0704\]/m);
  });

  it("a backend that there is not: no training", async () => {
    const args = ["run", "fashion.lerac", "--backend", "warp", "--out", "warp"];
    const { exit, stderr } = await project.lerac(args);
    expect(exit).toBe(4);
    expect(stderr).toMatch(/^error\[L0901\]: there is no backend called warp/);
    expect(existsSync(project.path("warp"))).toBe(false);
  });

  it("a run that there is not: exit 4", async () => {
    for (const command of ["resume", "eval"]) {
      const { exit, stderr } = await project.lerac([command, "nosuchrun"]);
      expect(exit).toBe(4);
      expect(stderr).toMatch(/^error\[L07\d\d\][\s\S]*nosuchrun/m);
    }
  });
});

/** A longer run, line by line, in a terminal of its own; keys reach it as they reach a shell's foreground job. */
function inTerminal(out: string): TestTerminal {
  const args = [lerac, "run", project.path(longer), ...flags, "--no-tui", "--log-every", "1"];
  return new TestTerminal(process.execPath, [...args, "--out", project.path(out)], {
    columns: 100,
    rows: 24,
  });
}

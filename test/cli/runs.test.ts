import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { TestTerminal } from "../harness/screen.js";
import { environment, fashionSpec, lerac, Project } from "./harness.js";
import { typed } from "./in-process.js";

const project = new Project();
const flags = ["--backend", "wasm", "--threads", "1", "-q"];

/** Ids of three runs: of seed 1 and seed 2 to their ends, and one whose trainer never began. */
const ids = { one: "", two: "", never: "" };

beforeAll(async () => {
  const trained = async (...more: string[]) => {
    const { exit, stdout, stderr } = await project.lerac(["run", "fashion.lerac", ...flags, ...more]);
    expect(exit, stderr).toBe(0);
    return stdout.trim().slice(-4);
  };
  ids.one = await trained();
  ids.two = await trained("--seed", "2", "--set", "width=3");
  ids.never = "beef";
  const never = copyOf(ids.one, "beef");
  rmSync(join(never, "events.jsonl"));
  rmSync(join(never, "checkpoints"), { recursive: true });
  mkdirSync(join(never, "checkpoints"));
});

function folderOf(id: string): string {
  const name = readdirSync(project.path("runs")).find((found) => found.endsWith(`-${id}`));
  if (name === undefined) throw new Error(`there is no run ${id}`);
  return project.path(`runs/${name}`);
}

/** The same run under another id, made an hour earlier. */
function copyOf(id: string, as: string): string {
  const from = folderOf(id);
  const to = from.replace(/[0-9a-f]{4}$/, as);
  cpSync(from, to, { recursive: true });
  const record = JSON.parse(readFileSync(join(to, "run.json"), "utf8")) as Record<string, unknown>;
  const created = new Date(Date.now() - 3_600_000).toISOString();
  writeFileSync(join(to, "run.json"), JSON.stringify({ ...record, id: as, created }));
  return to;
}

/** A copy whose events end before the run does, with a lock of this very process, which is no trainer and says nothing. */
function silentCopy(as: string): string {
  const folder = copyOf(ids.one, as);
  const events = join(folder, "events.jsonl");
  const lines = readFileSync(events, "utf8").split("\n");
  const half = lines.slice(0, lines.findIndex((line) => line.includes('"type":"epoch"')) + 1);
  writeFileSync(events, `${half.join("\n")}\n`.replaceAll(/"at":"20\d\d/g, '"at":"2020'));
  const lock = { pid: process.pid, host: hostname(), started: null };
  writeFileSync(join(folder, "trainer.lock"), JSON.stringify(lock));
  return folder;
}

describe("lerac runs", () => {
  it("lists the newest first, tab-separated in a pipe, without a glyph", async () => {
    const { exit, stdout, stderr } = await typed(project, ["runs"]);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
    const [head, ...rows] = stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.split("\t"));
    expect(head?.slice(0, 6)).toEqual(["id", "name", "state", "epoch", "val.accuracy", "rates"]);
    expect(rows.map((row) => row[0])).toEqual([ids.two, ids.one, ids.never]);
    expect(rows[0]?.slice(1, 4)).toEqual(["fashion-lerac-s2", "done", "3/3"]);
    expect(rows[0]?.[4]).toMatch(/^\d+\.\d %$/);
    expect(rows[0]?.[5]).toBe("0.05 -> 5e-5");
    expect(rows[2]?.slice(2, 5)).toEqual(["empty", "-", "-"]);
    expect(stdout).toMatch(/^[\x20-\x7e\t\n]*$/);
  });

  it("as JSON says all that it knows", async () => {
    const { stdout } = await typed(project, ["runs", "--json", "--filter", "state=done"]);
    const rows = JSON.parse(stdout) as Record<string, unknown>[];
    expect(rows).toHaveLength(2);
    expect(rows[1]).toMatchObject({
      id: ids.one,
      state: "done",
      step: 24,
      steps: 24,
      epoch: 3,
      seed: 1,
      spec: "fashion.lerac",
      curriculum: "lerac",
      best: { metric: "val.accuracy" },
      metrics: { "test.accuracy": expect.any(Number), "val.loss": expect.any(Number) },
    });
  });

  it("sorts by a metric, the best first and what has none last", async () => {
    for (const [key, sign] of [
      ["val.accuracy", -1],
      ["test.loss", 1],
    ] as const) {
      const { stdout } = await typed(project, ["runs", "--json", "--sort", key]);
      const rows = JSON.parse(stdout) as { id: string; metrics: Record<string, number> }[];
      const [a, b] = rows.map((row) => (row.metrics[key] ?? Number.NaN) * sign);
      expect(a).toBeLessThanOrEqual(b ?? Number.NaN);
      expect(rows.at(-1)?.id).toBe(ids.never);
    }
    const wrong = await typed(project, ["runs", "--sort", "val.acuracy"]);
    expect(wrong.exit).toBe(2);
    expect(wrong.stderr).toContain("did you mean `val.accuracy`?");
  });

  it("filters by state, spec, curriculum, tag, all of which must fit; says when nothing does", async () => {
    const listed = async (...filters: string[]) => {
      const args = filters.flatMap((text) => ["--filter", text]);
      const { stdout } = await typed(project, ["runs", "--json", ...args]);
      return (JSON.parse(stdout) as { id: string }[]).map(({ id }) => id);
    };
    expect(await listed("DONE", "s2")).toEqual([ids.two]);
    expect(await listed("spec=fashion", "curriculum=lerac", "state=empty")).toEqual([ids.never]);
    expect(await listed("tag=nothing")).toEqual([]);
    const none = await typed(project, ["runs", "--filter", "tag=nothing"]);
    expect(none).toEqual({ exit: 0, stdout: "", stderr: "none of 3 runs fits the filter\n" });
    const wrong = await typed(project, ["runs", "--filter", "stat=done"]);
    expect(wrong.exit).toBe(2);
    expect(wrong.stderr).toContain("did you mean `state=`?");
  });

  it("in a terminal draws badges and as many columns as fit, and says how many did not", async () => {
    const terminal = inTerminal(["runs"], 60);
    expect((await terminal.exited).exitCode).toBe(0);
    await terminal.shows(/\+\d columns: --wide/);
    const table = terminal.text();
    expect(table).toMatch(/^id {4}name {19}state {4}epoch {2}val\.accuracy$/m);
    expect(table).toContain(`${ids.two}  fashion-lerac-s2       ✓ done`);
    expect(table).toMatch(/✗ empty {2}- +-$/m);
  });

  it("of another folder, of none, and of one with a run that can't be read", async () => {
    const none = await typed(project, ["runs"], { LERAC_RUNS: "nowhere" });
    expect(none).toEqual({ exit: 0, stdout: "", stderr: "there is no run in nowhere   lerac run FILE\n" });
    cpSync(folderOf(ids.one), project.path("others/x-lerac-s1-7777"), { recursive: true });
    mkdirSync(project.path("others/y-lerac-s1-8888"), { recursive: true });
    project.write("others/y-lerac-s1-8888/run.json", "{");
    const { stdout, stderr, exit } = await typed(project, ["runs"], { LERAC_RUNS: "others" });
    expect(exit).toBe(0);
    expect(stdout.trimEnd().split("\n")).toHaveLength(2);
    expect(stderr).toMatch(/^warning\[L0708\]: run\.json of the run .*y-lerac-s1-8888 is damaged/m);
    const named = await typed(project, ["show", "8888"], { LERAC_RUNS: "others" });
    expect(named.exit).toBe(4);
    expect(named.stderr).toMatch(/^error\[L0708\]/m);
  });
});

describe("names and tags", () => {
  it("are shown, filtered by, and name the run", async () => {
    expect((await typed(project, ["runs", "tag", ids.one, "paper", "baseline", "paper"])).stderr).toMatch(
      /tags paper baseline$/m,
    );
    expect((await typed(project, ["runs", "name", ids.one, "first.try"])).exit).toBe(0);
    const { stdout } = await typed(project, ["runs", "--filter", "tag=baseline"]);
    expect(stdout).toMatch(/\tfirst\.try\t.*\tpaper baseline\t/);
    expect((await typed(project, ["show", "first.try"])).stdout).toMatch(/tags paper baseline/);
    await typed(project, ["runs", "untag", ids.one, "paper"]);
    expect((await typed(project, ["runs", "name", ids.one])).stderr).toContain("no name of its own");
    expect((await typed(project, ["runs", "--filter", ids.one])).stdout).toMatch(
      /\tfashion-lerac-s1\t.*\tbaseline\t/,
    );
    expect((await typed(project, ["runs", "untag", ids.one, "baseline"])).stderr).toContain("no tags");
  });

  it("that nobody could type, or that mean another run, are refused", async () => {
    for (const args of [
      ["tag", ids.one, "\u001b[31m"],
      ["tag", ids.one, "--x"],
      ["tag", ids.one, "two words"],
      ["tag", ids.one],
      ["name", ids.one, ids.two.slice(0, 3)],
      ["name", ids.one, "a", "b"],
    ]) {
      const { exit, stderr } = await typed(project, ["runs", ...args]);
      expect(exit, args.join(" ")).toBe(2);
      expect(stderr).not.toContain("\u001b");
    }
    expect(existsSync(join(folderOf(ids.two), "labels.json"))).toBe(false);
  });

  it("that are damaged are not overwritten", async () => {
    const labels = join(folderOf(ids.two), "labels.json");
    writeFileSync(labels, "{");
    const { exit, stderr } = await typed(project, ["runs", "tag", ids.two, "x"]);
    expect(exit).toBe(4);
    expect(stderr).toMatch(/^error\[L0708\]/m);
    expect((await typed(project, ["runs"])).exit).toBe(0);
    rmSync(labels);
  });
});

describe("lerac show", () => {
  it("puts a run on one screen, with what next", async () => {
    const { exit, stdout, stderr } = await typed(project, ["show", ids.one]);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
    const lines = stdout.trimEnd().split("\n");
    expect(lines.length).toBeLessThan(24);
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(stdout).toMatch(/^state {4}done, 3 epochs in 0:0\d, best val\.accuracy \d+\.\d % @\d$/m);
    expect(stdout).toMatch(/^result {3}(val\.loss|.*test\.accuracy)/m);
    expect(stdout).toMatch(/^program {2}[0-9a-f]{4}…[0-9a-f]{4} {3}lerac \d.*, eager .*1 thread/m);
    expect(stdout).toMatch(new RegExp(`^next +lerac predict ${ids.one} INPUT`, "m"));
  });

  it("against another says what differs and nothing else", async () => {
    const { stdout } = await typed(project, ["show", ids.two, "--against", ids.one]);
    expect(stdout).toMatch(new RegExp(`^differs {2}${ids.one} \\| ${ids.two}: +seed 1 \\| 2;`, "m"));
    expect(stdout).toMatch(/param.*width 2 \| 3|params\.width 2 \| 3/);
    expect(stdout).toContain("the rest is the same");
    expect(stdout).not.toMatch(/optimizer|batch|epochs 3 \|/);
    const json = await typed(project, ["show", ids.two, "--against", ids.one, "--json"]);
    const { differences } = JSON.parse(json.stdout) as { differences: { setting: string }[] };
    expect(differences).toContainEqual({ setting: "seed", other: "1", own: "2" });
    expect(differences.every(({ setting }) => !/table|^seeds/.test(setting))).toBe(true);
    const itself = await typed(project, ["show", ids.one, "--against", ids.one]);
    expect(itself.stdout).toContain("nothing: the same in every setting");
  });

  it("a changed rate is one difference, whatever follows from it", async () => {
    project.write("lower.lerac", fashionSpec.replace("0.05 -> 5e-5", "0.05 -> 5e-6"));
    const { stdout: folder } = await project.lerac(["run", "lower.lerac", ...flags, "--steps", "10"]);
    const { stdout } = await typed(project, ["show", folder.trim(), "--against", ids.one, "--json"]);
    const { differences } = JSON.parse(stdout) as { differences: { setting: string; own: string }[] };
    expect(differences.map(({ setting }) => setting)).toEqual(["rates", "--steps"]);
    renameSync(project.path(folder.trim()), project.path("aside"));
  });

  it("says of a silent trainer only what is known", async () => {
    const folder = silentCopy("5111");
    const { stdout } = await typed(project, ["show", "5111"]);
    expect(stdout).toMatch(/^state {4}silent at epoch 1/m);
    expect(stdout).toMatch(/no sign of life since 2020-.* UTC; process \d+ on \S+ has\s+not\s+ended/);
    const once = await typed(project, ["watch", "5111", "--once"]);
    expect(once.stdout).toContain("no sign of life");
    rmSync(folder, { recursive: true });
  });
});

describe("text that a stranger put into a run", () => {
  it("reaches no terminal as it is", async () => {
    const folder = copyOf(ids.one, "6666");
    const evil = "\u001b]0;title\u0007\u202eevil\u009b2J";
    const record = JSON.parse(readFileSync(join(folder, "run.json"), "utf8")) as Record<string, object>;
    const words = { name: evil, spec: evil, experiment: evil, curriculum: evil, rates: evil, lerac: evil };
    const environmentOf = {
      ...record.environment,
      node: evil,
      cpu: evil,
      commit: { sha: evil, clean: true },
    };
    writeFileSync(
      join(folder, "run.json"),
      JSON.stringify({ ...record, ...words, environment: environmentOf }),
    );
    writeFileSync(join(folder, "labels.json"), JSON.stringify({ name: evil, tags: [evil] }));
    for (const args of [
      ["runs"],
      ["runs", "--wide"],
      ["show", "6666", "--against", ids.two],
      ["show", ids.two, "--against", "6666"],
      ["watch", "6666", "--once", "--ascii"],
      ["watch", "6666"],
      ["runs", "tag", "6666", "x"],
      ["runs", "rm", "6666"],
      ["stop", "6666"],
    ]) {
      const { stdout, stderr, exit } = await typed(project, args);
      const printed = stdout + stderr;
      for (const character of ["\u001b", "\u0007", "\u009b", "\u202e"])
        expect(printed, args.join(" ")).not.toContain(character);
      expect(exit).toBeLessThan(70);
    }
    rmSync(folder, { recursive: true });
  });
});

describe("lerac runs rm", () => {
  it("without a terminal needs --yes, and says what it would remove", async () => {
    const folder = copyOf(ids.one, "0a0a");
    const refused = await typed(project, ["runs", "rm", "0a0a"]);
    expect(refused.exit).toBe(2);
    expect(refused.stderr).toMatch(/runs\/fashion-lerac-s1-0a0a {3}done at epoch 3\.00 {3}\d+ files, \d+ kB/);
    expect(refused.stderr).toContain("`--yes` does it without a question");
    expect(existsSync(folder)).toBe(true);
    const removed = await typed(project, ["runs", "rm", "0a0a", "0a0a", "--yes"]);
    expect(removed.exit, removed.stderr).toBe(0);
    expect(removed.stderr).toContain("removed 1 run");
    expect(existsSync(folder)).toBe(false);
  });

  it("asks in a terminal; anything but y keeps it", async () => {
    const folder = copyOf(ids.one, "0b0b");
    for (const [answer, exit] of [
      ["\r", 1],
      ["\u0003", 1],
      ["y\r", 0],
    ] as const) {
      const terminal = inTerminal(["runs", "rm", "0b0b"], 100);
      await terminal.shows("remove it for good? y/N");
      terminal.type(answer);
      expect((await terminal.exited).exitCode).toBe(exit);
      expect(existsSync(folder)).toBe(exit === 1);
    }
  });

  it("removes none where one is being trained or is not there", async () => {
    const other = copyOf(ids.one, "0c0c");
    const live = silentCopy("0d0d");
    for (const [wrong, code] of [
      ["0d0d", "L0707"],
      ["nosuch", "L0705"],
    ] as const) {
      const { exit, stderr } = await typed(project, ["runs", "rm", "0c0c", wrong, "--yes"]);
      expect(exit).toBe(4);
      expect(stderr).toContain(`error[${code}]`);
      expect(existsSync(other)).toBe(true);
    }
    for (const folder of [other, live]) rmSync(folder, { recursive: true });
  });
});

describe("lerac runs gc", () => {
  it("finds checkpoints that nobody needs and runs that came to nothing; --yes removes them and nothing else", async () => {
    const folder = folderOf(ids.one);
    const checkpoints = join(folder, "checkpoints");
    const kept = readdirSync(checkpoints).sort();
    const [some = ""] = kept;
    cpSync(join(checkpoints, some), join(checkpoints, "ckpt-000003.safetensors"));
    writeFileSync(join(checkpoints, ".ckpt-000009.safetensors.123.partial"), "torn");
    const live = silentCopy("0e0e");
    cpSync(join(checkpoints, some), join(live, "checkpoints/ckpt-000003.safetensors"));

    const could = await typed(project, ["runs", "gc"]);
    expect(could.exit).toBe(0);
    const lines = could.stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(3);
    for (const line of [
      /^runs\/\S+-beef {3}the whole run: empty, nothing was saved {3}\d+ kB$/,
      /^runs\/\S+ {3}\.ckpt-000009\S+, half written {3}4 B$/,
      /^runs\/\S+ {3}ckpt-000003 {3}\d+ kB$/,
    ])
      expect(lines).toContainEqual(expect.stringMatching(line));
    expect(could.stderr).toMatch(/could go; nothing was removed {3}lerac runs gc --yes/);

    await typed(project, ["runs", "tag", "beef", "keep"]);
    expect((await typed(project, ["runs", "gc"])).stdout).not.toContain("beef");
    await typed(project, ["runs", "untag", "beef", "keep"]);

    expect((await typed(project, ["runs", "gc", "--yes"])).exit).toBe(0);
    expect(readdirSync(checkpoints).sort()).toEqual(kept);
    expect(existsSync(join(live, "checkpoints/ckpt-000003.safetensors"))).toBe(true);
    expect(readdirSync(project.path("runs")).some((name) => name.endsWith("-beef"))).toBe(false);
    expect((await typed(project, ["eval", ids.one, "--json"])).exit).toBe(0);
    expect((await typed(project, ["runs", "gc"])).stderr).toContain("nothing in runs could go");
    rmSync(live, { recursive: true });
  });
});

describe("a run folder", () => {
  it("holds everything: spec, plan, program, what it ran on, data digest", () => {
    const folder = folderOf(ids.one);
    expect(readFileSync(join(folder, "spec.lerac"), "utf8")).toBe(fashionSpec);
    expect(readFileSync(join(folder, "plan.txt"), "utf8")).toMatch(/^plan {3}small net/);
    const { environment: on } = JSON.parse(readFileSync(join(folder, "run.json"), "utf8")) as {
      environment: Record<string, unknown>;
    };
    expect(on).toMatchObject({
      node: process.versions.node,
      cpu: expect.any(String),
      memory: expect.any(Number),
      libraries: { "@tensorflow/tfjs-core": expect.stringMatching(/^\d+\.\d+\.\d+$/) },
      commit: null,
      backend: { library: "wasm", threads: 1 },
      data: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it("moved elsewhere, without its data, is shown, measured and resumed where they lie now", async () => {
    const elsewhere = new Project();
    mkdirSync(elsewhere.path("archive"));
    renameSync(elsewhere.path("data/fashion"), elsewhere.path("moved-data"));
    renameSync(project.path("aside"), elsewhere.path("archive/mine"));
    // What the run knew is not there any more; and it was not at its end.
    const path = elsewhere.path("archive/mine/run.json");
    const record = readFileSync(path, "utf8").replaceAll(project.folder, `${project.folder}-gone`);
    writeFileSync(path, record.replace('"steps": 10', '"steps": 12'));
    const events = elsewhere.path("archive/mine/events.jsonl");
    const lines = readFileSync(events, "utf8").trimEnd().split("\n");
    writeFileSync(events, `${lines.slice(0, -1).join("\n")}\n`);

    const shown = await typed(elsewhere, ["show", "archive/mine"]);
    expect(shown.stdout).toContain("next     lerac resume archive/mine");
    const lost = await typed(elsewhere, ["resume", "archive/mine"]);
    expect(lost.exit).toBe(4);
    expect(lost.stderr).toMatch(/^error\[L0304\]/m);
    const moved = ["archive/mine", "--data", "moved-data"];
    const measured = await typed(elsewhere, ["eval", ...moved, "--json"]);
    expect(measured.exit, measured.stderr).toBe(0);
    const resumed = await elsewhere.lerac(["resume", ...moved, "-q"]);
    expect(resumed.exit, resumed.stderr).toBe(0);
    expect((await typed(elsewhere, ["eval", "archive/mine"])).exit).toBe(0);
  });

  it("that is another's data is refused, not trained on", async () => {
    const folder = silentCopy("0f0f");
    rmSync(join(folder, "trainer.lock"));
    const { exit, stderr } = await typed(project, ["resume", "0f0f", "--data", "nowhere"]);
    expect(exit).toBe(4);
    expect(stderr).toMatch(/^error\[L0304\]/m);
    expect(readFileSync(join(folder, "run.json"), "utf8")).not.toContain("nowhere");
    rmSync(folder, { recursive: true });
  });
});

function inTerminal(args: readonly string[], columns: number): TestTerminal {
  return new TestTerminal(
    "/bin/sh",
    ["-c", 'cd "$0" && exec "$@"', project.folder, process.execPath, lerac, ...args],
    {
      columns,
      rows: 24,
      env: environment(),
    },
  );
}

import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { currentTrainer, openRun, readHistory } from "../../src/runs/index.js";
import { TestTerminal } from "../harness/screen.js";
import { environment, fashionSpec, lerac, Project } from "./harness.js";
import { typed } from "./in-process.js";

const project = new Project();
const flags = ["--backend", "wasm", "--threads", "1"];
const events = join(project.path("life"), "events.jsonl");

/** Trains until somebody ends it. */
const endless = project.write("endless.lerac", fashionSpec.replace("epochs     3", "epochs     100000"));
project.write("short.lerac", fashionSpec);

/** So that a test that fails leaves no process behind. */
const terminals: TestTerminal[] = [];
afterAll(() => {
  for (const terminal of terminals) {
    try {
      terminal.kill("SIGKILL");
    } catch {
      // Ended already.
    }
  }
  const pid = existsSync(project.path("life")) ? trainer() : null;
  if (pid !== null) process.kill(pid, "SIGKILL");
});

function inTerminal(...args: readonly string[]): TestTerminal {
  const terminal = new TestTerminal(
    "/bin/sh",
    ["-c", 'cd "$0" && exec "$@"', project.folder, process.execPath, lerac, ...args],
    { columns: 80, rows: 24, env: environment({ LANG: "C.UTF-8", TERM: "xterm-256color" }) },
  );
  terminals.push(terminal);
  return terminal;
}

/** The process that trains the run now; null where nobody does. */
function trainer(): number | null {
  return currentTrainer(openRun(project.path("life")))?.pid ?? null;
}

function kill(signal: NodeJS.Signals): void {
  const pid = trainer();
  if (pid === null) throw new Error("nobody trains");
  process.kill(pid, signal);
}

async function becomes(state: string): Promise<void> {
  for (const deadline = Date.now() + 30_000; ; await delay(50)) {
    const { stdout } = await typed(project, ["show", "life", "--json"]);
    const found = (JSON.parse(stdout) as { state: string }).state;
    if (found === state) return;
    if (Date.now() > deadline) throw new Error(`the run is ${found}, not ${state}`);
  }
}

describe("lerac watch of a run that is over", () => {
  beforeAll(async () => {
    const { exit, stderr } = await project.lerac(["run", "short.lerac", ...flags, "-q", "--out", "over"]);
    expect(exit, stderr).toBe(0);
  });

  it("--once is one picture of at most a window on standard output, in plain text in a pipe", async () => {
    const { exit, stdout, stderr } = await typed(project, ["watch", "over", "--once"], { LANG: "C.UTF-8" });
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
    const rows = stdout.trimEnd().split("\n");
    expect(rows.length).toBeLessThanOrEqual(23);
    for (const row of rows) expect(row.length).toBeLessThanOrEqual(80);
    expect(stdout).toContain("✓ finished 0:0");
    expect(stdout).toContain("whole");
    expect(stdout).not.toContain("\u001b");
  });

  it("--once is as large as COLUMNS and LINES say, and ASCII on request", async () => {
    const env = { COLUMNS: "120", LINES: "40", LANG: "C.UTF-8" };
    const large = await typed(project, ["watch", "over", "--once"], env);
    expect(large.stdout).toContain("update/weight");
    expect(large.stdout.trimEnd().split("\n").length).toBeLessThanOrEqual(39);
    const ascii = await typed(project, ["watch", "over", "--once", "--ascii"], { COLUMNS: "x", LINES: "-3" });
    expect(ascii.stdout).toMatch(/^[\x20-\x7e\n]*$/);
    expect(ascii.stdout.trimEnd().split("\n").length).toBeLessThanOrEqual(23);
  });

  it("--json gives its events as they stand in the file, and ends", async () => {
    const { exit, stdout } = await typed(project, ["watch", "over", "--json"]);
    expect(exit).toBe(0);
    expect(stdout).toBe(readFileSync(join(project.path("over"), "events.jsonl"), "utf8"));
  });

  it("without a terminal tells it in lines; with one, stays until it is left", async () => {
    const lines = await typed(project, ["watch", "over"]);
    expect({ exit: lines.exit, stdout: lines.stdout }).toEqual({ exit: 0, stdout: "" });
    expect(lines.stderr).toMatch(/^0:00:0\d end {4}completed /m);
    const terminal = inTerminal("watch", "over");
    await terminal.shows("✓ finished", 20_000);
    terminal.type("q");
    expect((await terminal.exited).exitCode).toBe(0);
    await terminal.shows("next  lerac show over");
  });

  it("a picture is no stream, and a run that there is not is exit 4", async () => {
    expect((await typed(project, ["watch", "over", "--once", "--json"])).exit).toBe(2);
    expect((await typed(project, ["watch", "nosuch"])).exit).toBe(4);
    expect((await typed(project, ["run", "short.lerac", "--detach", "--json"])).exit).toBe(2);
  });

  it("--detach tells of a trainer that can't begin", async () => {
    project.write("torn.safetensors", "not weights");
    const args = ["run", "short.lerac", ...flags, "--init", "torn.safetensors", "--detach", "--out", "torn"];
    const { exit, stdout, stderr } = await project.lerac(args);
    expect({ exit, stdout }).toEqual({ exit: 4, stdout: "torn\n" });
    const [, code = ""] = /^error\[(L07\d\d)\]/m.exec(stderr) ?? [];
    expect((await typed(project, ["show", "torn"])).stdout).toMatch(new RegExp(`^ +${code}: `, "m"));
  });
});

describe.skipIf(process.platform === "win32")("the life of a run", () => {
  /** Looks at the run through all that happens to it. */
  let watcher: TestTerminal;

  it("detached, watched by two, steered by either, stopped from the command line", async () => {
    const args = ["run", endless, ...flags, "--detach", "--out", "life"];
    const { exit, stdout, stderr } = await project.lerac(args);
    expect({ exit, stdout }, stderr).toEqual({ exit: 0, stdout: "life\n" });
    expect(stderr).toMatch(/process \d+ {3}lerac watch life$/m);

    watcher = inTerminal("watch", "life");
    const second = inTerminal("watch", "life");
    for (const terminal of [watcher, second]) await terminal.shows("● running", 30_000);
    second.type(" ");
    for (const terminal of [watcher, second]) await terminal.shows("‖ paused", 20_000);
    watcher.type(" ");
    for (const terminal of [watcher, second]) await terminal.shows("● running", 20_000);
    second.type("q");
    expect((await second.exited).exitCode).toBe(0);
    await second.shows("next  lerac watch life");
    expect(trainer()).not.toBe(null);
    expect((await typed(project, ["runs", "rm", "life", "--yes"])).stderr).toMatch(/^error\[L0707\]/m);

    const after = await typed(project, ["stop", "life", "--after-epoch"]);
    expect(after.stderr).toMatch(/^it stops after epoch \d+/m);
    await watcher.shows("■ stopped", 20_000);
    await becomes("stopped");
    const none = await typed(project, ["stop", "life"]);
    expect(none.exit).toBe(4);
    expect(none.stderr).toMatch(/^error\[L0724\]/m);
  });

  it("whose trainer is killed: its monitor says so and ends, exit 5; who watches it sees it", async () => {
    const own = inTerminal("resume", "life");
    for (const terminal of [own, watcher]) await terminal.shows("● running ↻", 30_000);
    kill("SIGKILL");
    expect((await own.exited).exitCode).toBe(5);
    await own.shows("L0719");
    await own.shows("lerac resume life");
    await watcher.shows("✗ crashed", 20_000);
  });

  it("whose monitor is killed trains on; with its trainer killed too, nothing is unreadable", async () => {
    const own = inTerminal("resume", "life");
    for (const terminal of [own, watcher]) await terminal.shows("● running ↻", 30_000);
    own.kill("SIGKILL");
    await own.exited;
    const before = readFileSync(events).length;
    await expect.poll(() => readFileSync(events).length, { timeout: 10_000 }).toBeGreaterThan(before);
    kill("SIGKILL");
    await becomes("crashed");
    appendFileSync(events, '{"v":1,"seq":');
    const picture = await typed(project, ["watch", "life", "--once"], { LANG: "C.UTF-8" });
    expect(picture.stdout).toContain("✗ crashed");
    const lines = await typed(project, ["watch", "life", "-q"]);
    expect(lines.exit).toBe(0);
    expect(lines.stderr).toMatch(/^ended the trainer died/m);
  });

  it("whose terminal is closed trains on; its trainer, deaf to all, is ended by --abort", async () => {
    const own = inTerminal("resume", "life");
    for (const terminal of [own, watcher]) await terminal.shows("● running ↻", 30_000);
    own.kill("SIGHUP");
    await own.exited;
    const before = readFileSync(events).length;
    await expect.poll(() => readFileSync(events).length, { timeout: 10_000 }).toBeGreaterThan(before);
    kill("SIGSTOP");
    const { exit, stderr } = await typed(project, ["stop", "life", "--abort"]);
    expect(exit, stderr).toBe(0);
    expect(trainer()).toBe(null);
    await watcher.shows("✗ crashed", 20_000);
    watcher.type("q");
    expect((await watcher.exited).exitCode).toBe(0);

    const seqs = [...readHistory(events)].map((event) => event.seq);
    expect(seqs).toEqual(seqs.map((_, i) => i + 1));
    expect((await typed(project, ["runs", "rm", "life", "--yes"])).exit).toBe(0);
    expect(existsSync(project.path("life"))).toBe(false);
  });
});

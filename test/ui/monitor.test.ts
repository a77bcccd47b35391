import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, type TestContext, test } from "vitest";
import type { CommandName, EventBody } from "../../src/runs/events.js";
import { EventWriter, fashion, scenarioEvents } from "../harness/events.js";
import { TestTerminal } from "../harness/screen.js";
import { transpiled } from "../harness/transpiled.js";

let entry = "";

beforeAll(() => {
  entry = transpiled("test/harness/monitor-process.ts");
});
afterAll(() => {
  const cache = path.sep + path.join("node_modules", ".cache");
  const built = entry.slice(0, entry.indexOf(path.sep, entry.indexOf(cache) + cache.length + 1));
  rmSync(built, { recursive: true, force: true });
});
/** A trainer that is only its events file: it speaks when the test says so, and its clock is now. */
class FakeRun {
  readonly folder = mkdtempSync(path.join(tmpdir(), "monitor-"));
  readonly file = path.join(this.folder, "events.jsonl");
  readonly commandFile = path.join(this.folder, "commands");
  readonly terminals: TestTerminal[] = [];
  readonly writer = new EventWriter(fashion.run);

  /** Cleans up when the test is over. */
  constructor(upTo: number, { onTestFinished }: Pick<TestContext, "onTestFinished">) {
    onTestFinished(() => {
      for (const terminal of this.terminals) terminal.kill("SIGKILL");
      rmSync(this.folder, { recursive: true, force: true });
    });
    const events = [...scenarioEvents(fashion, upTo, this.writer)];
    const shift = Date.now() - this.writer.at;
    const lines = events.map((event) =>
      JSON.stringify({ ...event, at: new Date(Date.parse(event.at) + shift).toISOString() }),
    );
    writeFileSync(this.file, `${lines.join("\n")}\n`);
  }

  say(body: EventBody): void {
    this.writer.at = Date.now();
    appendFileSync(this.file, `${JSON.stringify(this.writer.write(body))}\n`);
  }

  answer(command: CommandName): void {
    this.say({ type: "command", command, from: "monitor", accepted: true, reason: null });
  }

  end(outcome: "completed" | "stopped" | "aborted"): void {
    this.say({ type: "run.end", outcome, exit: 0, seconds: 124, best: {}, final: {}, code: null });
  }

  commands(): string[] {
    return existsSync(this.commandFile)
      ? readFileSync(this.commandFile, "utf8").split("\n").slice(0, -1)
      : [];
  }

  async got(...commands: string[]): Promise<void> {
    await expect.poll(() => this.commands(), { timeout: 8000, interval: 15 }).toEqual(commands);
  }
}

interface Options {
  readonly mode?: "run" | "watch";
  readonly crash?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly columns?: number;
  readonly rows?: number;
  /** What is waited for. */
  readonly until?: string;
}

async function opened(run: FakeRun, options: Options = {}): Promise<TestTerminal> {
  const { mode = "run", crash = "", env = {}, columns = 80, rows = 24, until = "running" } = options;
  // As a trainer does: on a slow machine the events are older than a sign of life when a second monitor is opened.
  if (run.terminals.length > 0) run.say({ type: "heartbeat", pid: process.pid, uptime_seconds: 0 });
  const opened = new TestTerminal(process.execPath, [entry, run.file, run.commandFile, mode, crash], {
    columns,
    rows,
    env,
  });
  run.terminals.push(opened);
  await opened.shows(until, 15_000);
  return opened;
}

/** The terminal is as it was: normal screen, a cursor, no raw mode. */
async function expectRestored(screen: TestTerminal): Promise<void> {
  await screen.exited;
  await screen.shows(() => !screen.alternate);
  const { written } = screen;
  expect(written.lastIndexOf("\u001b[?25h")).toBeGreaterThan(written.lastIndexOf("\u001b[?25l"));
  expect(written.lastIndexOf("\u001b[?1049l")).toBeGreaterThan(written.lastIndexOf("\u001b[?1049h"));
}

// At the same time: most of what they do is wait for a process.
describe.concurrent("the monitor in a terminal", () => {
  test("follows a growing file, answers keys, redraws after a resize, closes itself at the end", async (context) => {
    const run = new FakeRun(2034, context);
    const screen = await opened(run);
    expect(screen.alternate).toBe(true);
    await screen.shows("step  2,034/25,320");
    expect(screen.lines()[23]).toBe("");

    const whole = screen.written.length;
    run.writer.step = 2035;
    run.say({ type: "log", level: "info", text: "hello from the trainer" });
    await screen.shows("hello from the trainer");
    await screen.shows("2,035/25,320");
    // Only rows that changed are written: a whole picture has five times as much.
    expect(screen.written.length - whole).toBeLessThan(2500);

    screen.type("?");
    await screen.shows("Esc closes");
    screen.type("\u001b");
    await screen.shows((text) => !text.includes("Esc closes") && text.includes("rate plan"));
    screen.type("lw");
    await screen.shows("whole · linear");

    screen.resize(120, 40);
    await screen.shows("update/weight");
    await screen.shows(() => screen.lines()[38]?.includes("? help") ?? false);
    screen.resize(60, 20);
    await screen.shows((text) => text.includes("rates ") && !text.includes("rate plan"));
    screen.resize(40, 10);
    await screen.shows((text) => text.trim().split("\n").length === 1 && text.includes("epoch 2.41/30"));
    screen.resize(80, 24);
    await screen.shows("rate plan");

    run.end("completed");
    await expectRestored(screen);
    await screen.shows("left: ended");
    await screen.shows("raw: false");
    expect(screen.text()).toContain("lerac show 7f3a");
  });

  test("a key pressed at the first picture is answered before Ink stands, and the next ones after", async (context) => {
    const run = new FakeRun(2034, context);
    const screen = await opened(run, { mode: "watch", until: "rate plan" });
    screen.type("?");
    await screen.shows("Esc closes");
    screen.type("\u001b");
    await screen.shows("step  2,034/25,320");
    screen.type("lw");
    await screen.shows("whole · linear");
    screen.type("q");
    await expectRestored(screen);
    await screen.shows("raw: false");
  });

  test("commands are asked for, and done only when the trainer says so; Ctrl-C once saves and stops", async (context) => {
    const run = new FakeRun(2034, context);
    const screen = await opened(run);
    screen.type(" ");
    await run.got("pause");
    await screen.shows("asked: pause; the trainer has not answered yet");
    expect(screen.text()).toContain("● running");
    run.answer("pause");
    run.say({ type: "phase", phase: "pause", state: "begin", done: 0, total: null, seconds: 0 });
    await screen.shows("‖ paused 0:0");
    await screen.shows((text) => !text.includes("asked:"));
    screen.type(" ");
    await run.got("pause", "continue");
    run.say({ type: "phase", phase: "pause", state: "end", done: 0, total: null, seconds: 0 });
    run.answer("continue");
    screen.type("s");
    await run.got("pause", "continue", "stop_after_epoch");
    run.answer("stop_after_epoch");
    await screen.shows("s takes it back");

    screen.type("\u0003");
    await run.got("pause", "continue", "stop_after_epoch", "stop");
    await screen.shows("asked to stop. Ctrl-C again: abort, keeps ckpt-001688 (loses 346 steps)");
    run.answer("stop");
    await screen.shows("◍ stopping");
    await screen.shows("finishing step 2,035, then saving.");
    run.end("stopped");
    await expectRestored(screen);
    await screen.shows("left: ended");
  });

  test("X and q ask first; SIGTERM counts as Ctrl-C, again aborts, a third time does not wait", async (context) => {
    const run = new FakeRun(2034, context);
    const screen = await opened(run);
    screen.type("X");
    await screen.shows("drop 346 steps since the last checkpoint? y/N");
    screen.type("n");
    await screen.shows("? help");
    screen.type("q");
    await screen.shows("leave it running (l), stop it (s), stay (Esc)");
    screen.type("\u001b");
    await screen.shows("? help");
    expect(run.commands()).toEqual([]);
    process.kill(screen.pid, "SIGTERM");
    await run.got("stop");
    screen.type("\u0003");
    await run.got("stop", "abort");
    screen.type("\u0003");
    await expectRestored(screen);
    await screen.shows("left: aborted");
  });

  test("leaving a run leaves it running, and so does a lost connection; colours where they are known", async (context) => {
    const run = new FakeRun(2034, context);
    const left = await opened(run);
    left.type("q");
    await left.shows("leave it running (l)");
    left.type("l");
    await expectRestored(left);
    await left.shows("left: detached");
    const lost = await opened(run, { env: { COLORTERM: "truecolor", LERAC_THEME: "dark" } });
    expect(lost.written).toContain("\u001b[38;2;86;180;233m");
    process.kill(lost.pid, "SIGHUP");
    await expectRestored(lost);
    expect(run.commands()).toEqual([]);
  });

  test("watch stays when the run ends and leaves without a question; NO_COLOR and a plain locale", async (context) => {
    const run = new FakeRun(2034, context);
    const screen = await opened(run, { mode: "watch", env: { NO_COLOR: "1", LANG: "C" } });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes are what must not be there
    expect(screen.written).not.toMatch(/\u001b\[[0-9;]*[1-9][0-9;]*m/);
    expect(screen.text()).toMatch(/^[\x20-\x7e\n]*$/);
    run.end("completed");
    await screen.shows("finished 2:04");
    screen.type("cq");
    await expectRestored(screen);
    await screen.shows("left: ended");
    expect(run.commands()).toEqual([]);
  });

  test("the log is searched, curves are smoothed, a moment is looked at, a pane is copied", async (context) => {
    const run = new FakeRun(2034, context);
    const screen = await opened(run, { mode: "watch" });
    screen.type("m");
    await screen.shows("live · log · smooth 0.6");
    screen.type("1\u001b[D\u001b[D");
    await screen.shows(/^ at epoch 2\.\d\d {3}loss 0\.\d+, val 0\.\d+ {3}accuracy \d/m);
    await screen.shows("▲");
    screen.type("/so FAR\r");
    await screen.shows('"so FAR" 1 of 2');
    await screen.shows(/▸1:43 {2}epoch 2/);
    screen.type("n");
    await screen.shows(/▸0:52 {2}epoch 1/);
    screen.type("k");
    await screen.shows("k does nothing; ? shows the keys");
    screen.type("d");
    await screen.shows("press a key to go back to the monitor");
    expect(screen.alternate).toBe(false);
    expect(screen.text()).toMatch(/^1:43 {2}epoch 2: loss .* best so far$/m);
    expect(screen.text()).not.toContain("╭");
    screen.type("x");
    await screen.shows(() => screen.alternate);
    await screen.shows('"so FAR" 2 of 2');
    screen.type("q");
    await expectRestored(screen);
  });

  test("the layout is remembered for the next look, and a folder that can't be written is no matter", async (context) => {
    const run = new FakeRun(2034, context);
    const preferences = path.join(run.folder, "config", "monitor.json");
    const first = await opened(run, { mode: "watch", env: { PREFERENCES: preferences } });
    first.type("lm3z");
    await first.shows("▸ rate plan");
    first.type("q");
    await expectRestored(first);
    expect(JSON.parse(readFileSync(preferences, "utf8"))).toEqual({
      pane: "rates",
      zoomed: true,
      lossAxis: "linear",
      smoothing: 0.6,
    });
    const second = await opened(run, {
      mode: "watch",
      env: { PREFERENCES: preferences },
      until: "rate plan",
    });
    expect(second.text()).toContain("▸ rate plan");
    second.type("z");
    await second.shows("live · linear · smooth 0.6");
    second.type("q");
    await expectRestored(second);
    const nowhere = { PREFERENCES: path.join(run.file, "x", "y") };
    const none = await opened(run, { mode: "watch", env: nowhere });
    none.type("mq");
    await expectRestored(none);
    await none.shows("left: detached");
  });

  test.for(["draw", "process"])(
    "a monitor that breaks (%s) gives the terminal back",
    async (crash, context) => {
      const run = new FakeRun(2034, context);
      const screen = await opened(run, { crash });
      screen.type("e");
      const { exitCode } = await screen.exited;
      expect(exitCode).not.toBe(0);
      await expectRestored(screen);
      await screen.shows(crash === "draw" ? "failed: the plan broke" : "the process broke");
    },
  );
});

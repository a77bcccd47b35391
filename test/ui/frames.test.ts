import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import type { EventBody } from "../../src/runs/events.js";
import { renderFrame } from "../../src/ui/monitor/render-frame.js";
import { firstView, paneNames, type View } from "../../src/ui/monitor/view.js";
import { RunState } from "../../src/ui/state.js";
import { EventWriter, fashion, planView, resnet, type Scenario, scenarioEvents } from "../harness/events.js";
import { expectGolden } from "./golden.js";

const mono = { name: "mono", depth: "none" } as const;
const usage = { cpuSeconds: 0.3, rssBytes: 90_000_000 };

/** A run up to a step, then what else happened, each so many seconds later. */
function played(scenario: Scenario, upTo: number, more: readonly (readonly [EventBody, number])[] = []) {
  const writer = new EventWriter(scenario.run);
  const state = new RunState(planView(scenario));
  for (const event of scenarioEvents(scenario, upTo, writer)) state.apply(event);
  for (const [body, later] of more) state.apply(writer.write(body, later));
  return { state, writer };
}

interface Look {
  readonly columns: number;
  readonly rows: number;
  readonly ascii?: boolean;
  readonly later?: number;
  readonly view?: Partial<View>;
}

function drawn({ state, writer }: ReturnType<typeof played>, look: Look): string {
  const text = renderFrame(state, {
    columns: look.columns,
    rows: look.rows,
    ascii: look.ascii ?? false,
    theme: mono,
    now: writer.at + (look.later ?? 0.2) * 1000,
    view: { ...firstView, ...look.view },
    usage,
  });
  const lines = text.split("\n");
  expect(lines.length).toBeLessThanOrEqual(look.rows - 1);
  for (const line of lines) {
    expect(stringWidth(line)).toBeLessThanOrEqual(look.columns);
    expect(line).toBe(line.trimEnd());
    expect(line).not.toContain("\t");
  }
  return text;
}

const overview = { columns: 80, rows: 24 };

describe("the monitor as it is seen", () => {
  test("overview", () => expectGolden("overview-80x23", drawn(played(fashion, 2034), overview)));

  test("full", () => expectGolden("full-120x39", drawn(played(resnet, 2408), { columns: 120, rows: 40 })));

  test("full at 200x60, smoothed", () =>
    expectGolden(
      "full-200x59",
      drawn(played(resnet, 2408), { columns: 200, rows: 60, view: { smoothing: 0.9 } }),
    ));

  test("narrow, in ASCII", () =>
    expectGolden("narrow-48x15", drawn(played(fashion, 2034), { columns: 48, rows: 16, ascii: true })));

  test("overview in ASCII uses nothing else", () => {
    const text = drawn(played(fashion, 2034), { ...overview, ascii: true });
    expect(text).toMatch(/^[\x20-\x7e\n]*$/);
    expectGolden("overview-ascii-80x23", text);
  });

  test("one line where there is no room", () => {
    expect(drawn(played(fashion, 2034), { columns: 47, rows: 30 })).toMatch(
      /^epoch 2\.41\/30 {2}loss 0\.3\d+ {2}23 min left {2}\?$/,
    );
  });

  test("what stretch the charts show is said also where the whole legend has no room", () => {
    const view: Partial<View> = { window: { kind: "frozen", at: 1.8 }, timeZoom: -3 };
    const [, , , title] = drawn(played(fashion, 2034), { ...overview, view }).split("\n");
    expect(title).toMatch(/╭ loss ─+ frozen at 1\.80 x1\/8 · log ╮╭ accuracy ─+ frozen at 1\.80 x1\/8 ╮/);
  });

  test("a frozen and smoothed chart keeps saying so beside the mark of the chosen pane", () => {
    const view: Partial<View> = {
      pane: "loss",
      lossAxis: "linear",
      smoothing: 0.6,
      window: { kind: "frozen", at: 1.8 },
    };
    const [, , , title] = drawn(played(fashion, 2034), { ...overview, view }).split("\n");
    expect(title).toMatch(/╭ ▸ loss ─+ frozen at 1\.80 · smooth 0\.6 ╮╭ accuracy ─+ frozen at 1\.80 ╮/);
    const narrow = drawn(played(fashion, 2034), { columns: 48, rows: 16, view: { smoothing: 0.6 } });
    expect(narrow).toMatch(/^loss {2}train 0\.\d+ {2}◆ val 0\.329 +live, log$/m);
  });

  test("a zoomed rate plan tells how the weights take the rates, at 80 columns too", () => {
    const text = drawn(played(fashion, 2034), { ...overview, view: { pane: "rates", zoomed: true } });
    expect(text).toMatch(/level .* now +next +update\/weight +gradient/);
    expect(text).toMatch(/ 4 head .* 1\.00e-3 at 3 +\d\.\de-\d +\d/);
  });

  test("commands in the last rows of a narrow window are whole", () => {
    const over = played(fashion, 2034);
    over.state.exited({ code: null, signal: "SIGKILL", stderr: ["one", "two", "three"] });
    const text = drawn(over, { columns: 48, rows: 16, ascii: true });
    expect(text).toMatch(/\nlast good: ckpt-001688\n {2}go on: lerac resume 7f3a$/);
  });

  test("help", () =>
    expectGolden("help-80x23", drawn(played(fashion, 2034), { ...overview, view: { help: true } })));

  test("help in a narrow window is scrolled; keys that do nothing now are named", () => {
    const look = { columns: 48, rows: 16, ascii: true };
    const first = drawn(played(fashion, 2034), { ...look, view: { help: true } });
    expect(first).toMatch(/up down, \d+ below {3}Esc closes/);
    const end = drawn(played(fashion, 2034), { ...look, view: { help: true, helpFrom: 99 } });
    expect(end).toContain("Ctrl-L");
    expect(end).toContain(", 0 below");
    const over = played(fashion, 2034);
    over.state.exited({ code: 1, signal: null, stderr: [] });
    expect(drawn(over, { ...overview, view: { help: true } })).toContain(
      "dim = not now: space, c, e, s, S, X need a live run (this one: crashed)",
    );
  });

  test("a moment looked at: a line in charts and strip, values and rates of then", () => {
    const text = drawn(played(fashion, 2034), {
      ...overview,
      view: { pane: "rates", level: 2, cursor: 1.2 },
    });
    expect(text).toContain("level 3 fc at epoch 1.20   rate 2.15e-4, at 2 it becomes 1.00e-3");
    expectGolden("cursor-80x23", text);
    const future = drawn(played(fashion, 2034), { ...overview, view: { pane: "loss", cursor: 3 } });
    expect(future).toContain(" at epoch 3.00   loss -, val -   accuracy -, val -");
  });

  test("more levels than rows: the chosen one and the ends stay", () => {
    const text = drawn(played(resnet, 2408), { columns: 80, rows: 24, view: { level: 5 } });
    expect(text).toContain(" 1 stem");
    expect(text).toContain(" 6 layer3.0");
    expect(text).toContain("10 head");
    expect(text).toMatch(/\+\d more ↓/);
  });

  test("a zoomed pane has the window at every size, and is marked", () => {
    const run = played(resnet, 2408);
    for (const [columns, rows] of [
      [48, 16],
      [80, 24],
      [120, 40],
      [200, 60],
    ] as const) {
      for (const pane of paneNames) {
        const text = drawn(run, { columns, rows, view: { pane, zoomed: true } });
        expect(text.split("\n").length).toBe(rows - 1);
        if (columns > 48 || pane !== "rates") expect(text).toContain("▸ ");
        expect(text.match(/╭/g)?.length ?? 0).toBeLessThanOrEqual(1);
      }
    }
  });

  test("the log, zoomed and scrolled back, says how much is newer", () => {
    const text = drawn(played(fashion, 2034), {
      ...overview,
      view: { pane: "log", zoomed: true, logAt: 4 },
    });
    expect(text).toContain("1 newer below");
    expectGolden("zoomed-log-80x23", text);
  });

  test("every size from 48x16 to 130x45 fits", () => {
    const run = played(resnet, 2408);
    for (let columns = 48; columns <= 130; columns += 9) {
      for (let rows = 16; rows <= 45; rows += 4) {
        const text = drawn(run, { columns, rows });
        expect(text.split("\n").length).toBe(rows - 1);
      }
    }
  });
});

describe("states", () => {
  const pause: EventBody = {
    type: "phase",
    phase: "pause",
    state: "begin",
    done: 0,
    total: null,
    seconds: 0,
  };
  const command = (name: "stop" | "stop_after_epoch"): EventBody => {
    return { type: "command", command: name, from: "monitor", accepted: true, reason: null };
  };

  test("before the first event the whole plan is drawn already", () => {
    const run = { state: new RunState(planView(fashion)), writer: new EventWriter(fashion.run) };
    const text = drawn(run, overview);
    expect(text).toContain("◌ waiting");
    expect(text).toContain("│███████");
  });

  test("paused", () => {
    const text = drawn(played(fashion, 2034, [[pause, 0]]), { ...overview, later: 4.1 });
    expect(text).toContain("‖ paused 0:04");
    expect(text).toContain("space continues");
    expect(text.split("\n")[1]).toMatch(/paused$/);
  });

  test("evaluating", () => {
    const body: EventBody = {
      ...pause,
      type: "phase",
      phase: "evaluate",
      state: "progress",
      done: 3200,
      total: 6000,
    };
    const text = drawn(played(fashion, 2034, [[body, 1]]), overview);
    expect(text).toContain("◇ evaluating");
    expect(text).toContain("val 3,200 / 6,000");
  });

  test("stopping, after the trainer took it up", () => {
    const text = drawn(played(fashion, 2034, [[command("stop"), 0]]), overview);
    expect(text).toContain("◍ stopping");
    expect(text).toContain("finishing step 2,035, then saving. Ctrl-C again: abort, keeps ckpt-001688");
  });

  test("a stop that was only asked for is no stop", () => {
    const text = drawn(played(fashion, 2034), { ...overview, view: { asked: ["stop"] } });
    expect(text).toContain("● running");
    expect(text).toContain("asked: stop; the trainer has not answered yet");
    expect(text).not.toContain("stopping");
  });

  test("stops after this epoch, and s takes it back", () => {
    expect(drawn(played(fashion, 2034, [[command("stop_after_epoch"), 0]]), overview)).toContain(
      "stops after epoch 3, s takes it back",
    );
    const twice = played(fashion, 2034, [
      [command("stop_after_epoch"), 0],
      [command("stop_after_epoch"), 1],
    ]);
    expect(drawn(twice, overview)).toContain("s stop after epoch");
  });

  test("no sign of life", () => {
    expect(drawn(played(fashion, 2034), { ...overview, later: 14.9 })).toContain("● running");
    const text = drawn(played(fashion, 2034), { ...overview, later: 23.1 });
    expect(text).toContain("? no sign of life 0:23");
    expect(text).toContain("nothing is assumed");
    expect(text.split("\n")[1]).toMatch(/unknown$/);
  });

  test("finished", () => {
    const end: EventBody = {
      type: "run.end",
      outcome: "completed",
      exit: 0,
      seconds: 1471,
      best: {},
      final: { "test.accuracy": 0.913 },
      code: null,
    };
    const text = drawn(played(fashion, 2034, [[end, 1]]), { ...overview, later: 9000 });
    expect(text).toContain("✓ finished 24:31");
    expect(text).toContain("q leave   next: lerac show 7f3a");
  });

  test("NaN that stopped the run", () => {
    const health: EventBody = {
      type: "health",
      kind: "nan",
      address: "conv2",
      tensor: "conv2.weight",
      pass: "backward",
      action: "stop",
    };
    const end: EventBody = {
      type: "run.end",
      outcome: "failed",
      exit: 5,
      seconds: 120,
      best: {},
      final: {},
      code: "L0501",
    };
    const text = drawn(
      played(fashion, 2034, [
        [health, 1],
        [end, 0],
      ]),
      overview,
    );
    expect(text).toContain("! NaN at step 2,034");
    expect(text).toMatch(
      /step 2,034: conv2 gave NaN first \(backward\); stopped\n {3}its rate rose to 1\.00e-2 at t = 2\n/,
    );
    expect(text).toContain("saved ckpt-001688   go on: lerac resume 7f3a");
  });

  test("crashed: the last words of the trainer and the way on", () => {
    const run = played(fashion, 2034);
    run.state.exited({
      code: null,
      signal: "SIGKILL",
      stderr: ["one", "two", "out of \u001b[31mmemory", "gone"],
    });
    const text = drawn(run, overview);
    expect(text).toContain("✗ crashed");
    expect(text).toContain("signal SIGKILL");
    expect(text).toContain("out of \\x1b[31mmemory");
    expect(text).not.toContain("  one");
    expect(text).toContain("last good: ckpt-001688   go on: lerac resume 7f3a");
  });

  test("text of strangers is made harmless wherever it is shown", () => {
    const evil = "\u001b]0;owned\u0007\u202e名";
    const scenario = { ...fashion, experiment: evil, run: evil };
    const run = played(scenario, 900, [
      [{ type: "log", level: "info", text: evil }, 0],
      [{ type: "warning", code: evil, message: evil, address: evil, count: 2 }, 0],
    ]);
    const text = drawn(run, overview);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(text).toContain("\\x1b]0;owned");
  });

  test("whole history and a linear axis say so", () => {
    const text = drawn(played(fashion, 9000), {
      ...overview,
      view: { window: { kind: "whole" }, lossAxis: "linear" },
    });
    expect(text).toContain("whole · linear");
    expect(text).toContain("epochs 0 to 30 of 30");
  });
});

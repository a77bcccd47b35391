import { describe, expect, test } from "vitest";
import type { CommandName } from "../../src/runs/events.js";
import { Interrupts } from "../../src/ui/monitor/interrupts.js";
import { dispatch } from "../../src/ui/monitor/keys/dispatch.js";
import { keyNames } from "../../src/ui/monitor/keys/names.js";
import { keyBindings } from "../../src/ui/monitor/keys/table.js";
import { firstView, timeWindow, type View, windowName } from "../../src/ui/monitor/view.js";
import { RunState } from "../../src/ui/state.js";
import { EventWriter, fashion, planView, scenarioEvents } from "../harness/events.js";

/** Presses keys on a run at step 2,034; says what they did. */
function pressed(keys: readonly string[], mode: "run" | "watch" = "run", over = false) {
  const writer = new EventWriter(fashion.run);
  const state = new RunState(planView(fashion));
  for (const event of scenarioEvents(fashion, 2034, writer)) state.apply(event);
  if (over) state.exited({ code: 1, signal: null, stderr: [] });
  const sent: CommandName[] = [];
  const done: string[] = [];
  let view: View = firstView;
  for (const key of keys) {
    dispatch(key, {
      state,
      view,
      columns: 80,
      mode,
      actions: {
        send: (command) => sent.push(command),
        change: (change) => {
          view = change(view);
        },
        ask: (question) => {
          view = { ...view, question };
        },
        leave: () => done.push("leave"),
        interrupt: () => done.push("interrupt"),
        plainText: () => done.push("plain text"),
        redraw: () => done.push("redraw"),
      },
    });
  }
  return { sent, done, view };
}

describe("keys", () => {
  test("every key is in the table once, with words for the help", () => {
    const keys = keyBindings.flatMap((binding) => binding.keys);
    expect(new Set(keys).size).toBe(keys.length);
    for (const binding of keyBindings) expect(binding.help.length).toBeGreaterThan(3);
  });

  test("run commands", () => {
    expect(pressed(["space", "c", "e", "s", "S"]).sent).toEqual([
      "pause",
      "checkpoint",
      "evaluate",
      "stop_after_epoch",
      "stop",
    ]);
  });

  test("run commands do nothing when the run is over; view keys still do", () => {
    const { sent, view } = pressed(["space", "c", "e", "s", "S", "X", "w", "l"], "watch", true);
    expect(sent).toEqual([]);
    expect(view).toMatchObject({ question: null, window: { kind: "whole" }, lossAxis: "linear" });
  });

  test("abort needs a y", () => {
    expect(pressed(["X", "y"]).sent).toEqual(["abort"]);
    expect(pressed(["X", "n"]).sent).toEqual([]);
    expect(pressed(["X", "escape", "y"]).sent).toEqual([]);
  });

  test("leaving asks in a run, and the question stays until it is answered", () => {
    expect(pressed(["q"]).view.question).toBe("leave");
    expect(pressed(["q", "x", "l"]).done).toEqual(["leave"]);
    expect(pressed(["q", "s"]).sent).toEqual(["stop"]);
    expect(pressed(["q", "escape"]).view.question).toBeNull();
    expect(pressed(["q"], "watch").done).toEqual(["leave"]);
  });

  test("Ctrl-C works while a question is asked", () => {
    expect(pressed(["q", "ctrl-c"]).done).toEqual(["interrupt"]);
  });

  test("freeze holds the moment and gives it back", () => {
    expect(pressed(["f"]).view.window).toEqual({ kind: "frozen", at: 2034 / 844 });
    expect(pressed(["f", "end"]).view.window).toEqual({ kind: "live" });
  });

  test("time is zoomed around its newest end, within bounds, and the titles say so", () => {
    const state = new RunState(planView(fashion));
    for (const event of scenarioEvents(fashion, 2034, new EventWriter(fashion.run))) state.apply(event);
    const seen = (keys: string[]) => {
      const { view } = pressed(keys);
      return { name: windowName(view), ...timeWindow(view, state) };
    };
    const end = 2034 / 844;
    expect(seen(["w", "+", "+"])).toEqual({ name: "whole x4", from: end * 0.75, to: end });
    expect(seen(["w", "-"])).toEqual({ name: "whole", from: 0, to: end });
    expect(seen(["+", "+"])).toMatchObject({ name: "live x4", to: end });
    // 500 steps before the end is epoch 1.82; the left end rests at 1.82 as epoch 1 is more than 500 steps away.
    expect(seen(["+", "+"]).from).toBeCloseTo((2034 - 500) / 844);
    expect(seen(["-"]).name).toBe("live x1/2");
    expect(pressed(Array(20).fill("+")).view.timeZoom).toBe(6);
    expect(seen(["+", "w"]).name).toBe("whole");
  });

  test("panes are chosen by number or in turn, and zoomed; Esc gives the others back", () => {
    expect(pressed(["2"]).view).toMatchObject({ pane: "metric", zoomed: false });
    expect(pressed(["tab", "tab"]).view.pane).toBe("metric");
    expect(pressed(["6", "tab"]).view.pane).toBe("loss");
    expect(pressed(["5", "z"]).view).toMatchObject({ pane: "system", zoomed: true });
    expect(pressed(["5", "enter", "escape"]).view).toMatchObject({ pane: "system", zoomed: false });
    expect(pressed(["z", "?", "escape"]).view).toMatchObject({ pane: "rates", zoomed: true, help: false });
  });

  test("up and down scroll the log when it is chosen, to its ends; End follows it again", () => {
    // The log of this run has five entries.
    expect(pressed(["6", "up", "up", "down"]).view).toMatchObject({ logAt: 4, level: 0 });
    expect(pressed(["6", "down"]).view.logAt).toBe(null);
    expect(pressed(["6", "up", "end"]).view.logAt).toBe(null);
    expect(pressed(["6", "pageup"]).view.logAt).toBe(1);
    expect(pressed(["6", "pageup", "pagedown"]).view.logAt).toBe(null);
  });

  test("smoothing goes round: off, 0.6, 0.9", () => {
    expect([1, 2, 3].map((times) => pressed(Array(times).fill("m")).view.smoothing)).toEqual([0.6, 0.9, 0]);
  });

  test("the cursor is one moment in all panes: in charts among what is shown, in the plan anywhere", () => {
    const now = 2034 / 844;
    const { cursor } = pressed(["1", "left", "left"]).view;
    expect(cursor).toBeLessThan(now);
    expect(cursor).toBeGreaterThan(now * 0.9);
    expect(pressed(["1", "left", "right", "right"]).view.cursor).toBe(now);
    expect(pressed(["1", ...Array(200).fill("left")]).view.cursor).toBe(0);
    expect(pressed(["3", ...Array(20).fill("right")]).view.cursor).toBeGreaterThan(now);
    expect(pressed(["3", ...Array(999).fill("right")]).view.cursor).toBe(30);
    expect(pressed(["left", "escape"]).view.cursor).toBe(null);
    expect(pressed(["left", "end"]).view).toMatchObject({ cursor: null, window: { kind: "live" } });
  });

  test("a search takes what is typed, shows the newest match, and goes on from there", () => {
    const typed = ["/", ..."best", "space", ..."so"];
    expect(pressed(typed).view.search).toEqual({ text: "best so", typing: true });
    expect(pressed([...typed, "backspace", "backspace"]).view.search?.text).toBe("best ");
    const found = [...typed, "enter"];
    // Entries 2 and 4 tell of epochs that were the best so far.
    expect(pressed(found).view).toMatchObject({ pane: "log", zoomed: true, logAt: 4 });
    expect(pressed([...found, "n"]).view.logAt).toBe(2);
    expect(pressed([...found, "n", "n"]).view.logAt).toBe(4);
    expect(pressed([...found, "N"]).view.logAt).toBe(2);
    expect(pressed([...found, "escape"]).view).toMatchObject({ zoomed: false, search: { typing: false } });
    expect(pressed([...found, "escape", "escape"]).view.search).toBe(null);
    expect(pressed([...typed, "escape"]).view.search).toBe(null);
    expect(pressed(["/", ..."nowhere", "enter"]).view).toMatchObject({ logAt: null });
    // Keys that are typed are not obeyed, but for Ctrl-C.
    expect(pressed(["/", "S", "q", "X"])).toMatchObject({ sent: [], view: { question: null } });
    expect(pressed(["/", "ctrl-c"]).done).toEqual(["interrupt"]);
  });

  test("a key that does nothing now says why, until the next key", () => {
    expect(pressed(["c"], "watch", true).view.notice).toBe(
      "c needs a live run; the trainer of this one is gone",
    );
    expect(pressed(["c", "w"], "watch", true).view.notice).toBe(null);
    expect(pressed(["n"]).view.notice).toBe("n needs a search first: / begins one");
    expect(pressed(["g"]).view.notice).toBe("g does nothing; ? shows the keys");
    expect(pressed(["\u202e"]).view.notice).toBe("\\u202e does nothing; ? shows the keys");
    expect(pressed(["d"]).done).toEqual(["plain text"]);
  });

  test("help that does not fit is scrolled with up and down, which then mean nothing else", () => {
    expect(pressed(["?", "down", "down", "up"]).view).toMatchObject({ help: true, helpFrom: 1, level: 0 });
    expect(pressed(["?", "down", "?", "?"]).view.helpFrom).toBe(0);
  });

  test("the chosen level stays within the levels", () => {
    expect(pressed(["up"]).view.level).toBe(0);
    expect(pressed(["down", "down", "down", "down", "down"]).view.level).toBe(3);
  });

  test("text typed faster than it is read is taken key by key", () => {
    expect(keyNames("c s", {})).toEqual(["c", "space", "s"]);
    expect(keyNames("/so\r", {})).toEqual(["/", "s", "o", "enter"]);
    expect(keyNames("", { tab: true })).toEqual(["tab"]);
    expect(keyNames("\r", { return: true })).toEqual(["enter"]);
    expect(keyNames("", { leftArrow: true })).toEqual(["left"]);
    expect(keyNames("", { delete: true })).toEqual(["backspace"]);
    expect(keyNames("l", { ctrl: true })).toEqual(["ctrl-l"]);
  });
});

describe("interrupts", () => {
  test("stop, abort, go; a refusal begins anew", () => {
    const interrupts = new Interrupts();
    expect(interrupts.next()).toBe("stop");
    interrupts.sent("stop");
    expect(interrupts.next()).toBe("abort");
    interrupts.refused("stop");
    expect(interrupts.next()).toBe("stop");
    interrupts.sent("abort");
    expect(interrupts.next()).toBeNull();
  });
});

import { describe, expect, test } from "vitest";
import type { EventBody, RunEvent } from "../../src/runs/events.js";
import { closingLines } from "../../src/ui/closing-lines.js";
import { renderFrame } from "../../src/ui/monitor/render-frame.js";
import { RunState } from "../../src/ui/state.js";
import { statusOf } from "../../src/ui/status.js";
import { TimeLeft } from "../../src/ui/time-left.js";
import { EventWriter, fashion, planView, scenarioEvents, startEvent } from "../harness/events.js";

function stateAfter(events: Iterable<RunEvent>): RunState {
  const state = new RunState(planView(fashion));
  for (const event of events) state.apply(event);
  return state;
}

const pause = (state: "begin" | "end"): EventBody => {
  return { type: "phase", phase: "pause", state, done: 0, total: null, seconds: 0 };
};

const end = (outcome: "completed" | "stopped" | "failed"): EventBody => ({
  type: "run.end",
  outcome,
  exit: 0,
  seconds: 1471,
  best: {},
  final: { "test.accuracy": 0.913, "val.accuracy": 0.916 },
  code: outcome === "failed" ? "L0501" : null,
});

describe("what events add up to", () => {
  test("position, best, checkpoint, audit, log", () => {
    const state = stateAfter(scenarioEvents(fashion, 2034));
    expect(state.step).toBe(2034);
    expect(state.epoch).toBeCloseTo(2.41, 2);
    expect(state.best).toMatchObject({ metric: "val.accuracy", epoch: 2 });
    expect(state.checkpoint).toMatchObject({ name: "ckpt-001688", step: 1688 });
    expect(state.audit).toEqual({ checks: 3, equal: 3, differing: [] });
    expect(state.valLoss.length).toBe(2);
    expect(state.log.map((entry) => entry.text)).toContain(
      "checkpoint ckpt-001688 saved (13 MB), rates now those of t = 2",
    );
  });

  test("elapsed time leaves pauses and the time between two processes out", () => {
    const writer = new EventWriter("r");
    const state = stateAfter([writer.write(startEvent(fashion)), writer.write(pause("begin"), 10)]);
    state.apply(writer.write({ type: "heartbeat", pid: 1, uptime_seconds: 1 }, 60));
    expect(state.clock.secondsAt(writer.at + 99_000)).toBe(10);
    state.apply(writer.write(pause("end"), 60));
    state.apply(writer.write({ type: "heartbeat", pid: 1, uptime_seconds: 1 }, 5));
    expect(state.clock.seconds).toBe(15);
    state.apply(writer.write(startEvent(fashion, 0), 7200));
    expect(state.clock.seconds).toBe(15);
    expect(state.clock.secondsAt(writer.at + 2000)).toBe(17);
  });

  test("a resume cuts curves back to its checkpoint and leaves a seam", () => {
    const writer = new EventWriter(fashion.run);
    const state = stateAfter(scenarioEvents(fashion, 2034, writer));
    state.apply(writer.write(startEvent(fashion, 1688), 7800));
    expect(state.step).toBe(1688);
    expect(state.seams).toEqual([2]);
    expect(state.trainLoss.at(state.trainLoss.length - 1).x).toBeLessThanOrEqual(2);
    expect(state.log.at(-1)?.text).toBe("resumed from ckpt-001688 after 2 h 10 min");
    const text = renderFrame(state, {
      columns: 80,
      rows: 24,
      ascii: false,
      theme: { name: "mono", depth: "none" },
      now: writer.at,
    });
    expect(text).toContain("● running ↻");
    expect(text).toContain("┆");
  });

  test("a rate that was not applied as planned names its level and marks it", () => {
    const writer = new EventWriter("r");
    const state = stateAfter([writer.write(startEvent(fashion))]);
    const planned = [0.1, 0.01, 0.001, 0.0001];
    state.apply(
      writer.write({ type: "rates", t: 2, planned, applied: [0.1, 0.02, 0.001, 0.0001], equal: false }),
    );
    expect(state.audit.differing).toEqual([1]);
    const text = renderFrame(state, {
      columns: 80,
      rows: 24,
      ascii: false,
      theme: { name: "mono", depth: "none" },
      now: writer.at,
    });
    expect(text).toContain("audit failed");
    expect(text).toContain("│ ✗ conv2");
    expect(text).toContain("2.00e-2");
  });

  test("15 seconds without an event are no sign of life, a heartbeat is one", () => {
    const writer = new EventWriter("r");
    const state = stateAfter(scenarioEvents(fashion, 100, writer));
    expect(statusOf(state, writer.at + 14_000).kind).toBe("running");
    expect(statusOf(state, writer.at + 15_100).kind).toBe("silent");
    state.apply(writer.write({ type: "heartbeat", pid: 1, uptime_seconds: 9 }, 20));
    expect(statusOf(state, writer.at + 1000).kind).toBe("running");
  });

  test("nothing is stopping before the trainer took it up", () => {
    const writer = new EventWriter("r");
    const state = stateAfter(scenarioEvents(fashion, 100, writer));
    const stop = { type: "command", command: "stop", from: "monitor" } as const;
    state.apply(writer.write({ ...stop, accepted: false, reason: "not yet" }));
    expect(state.stopping).toBe(false);
    state.apply(writer.write({ ...stop, accepted: true, reason: null }));
    expect(state.stopping).toBe(true);
  });
});

describe("time left", () => {
  test("says nothing until the trainer does", () => {
    const left = new TimeLeft();
    left.estimate(0, null, 30);
    expect(left.seconds).toBeNull();
    left.estimate(5, 100, 30);
    expect(left.seconds).toBe(100);
  });

  test("moves at most once in two seconds, and slowly", () => {
    const left = new TimeLeft();
    left.estimate(0, 1000, 60);
    left.estimate(1, 2000, 60);
    expect(left.seconds).toBe(1000);
    left.estimate(2, 2000, 60);
    // The end is smoothed with weight 1 - exp(-dt / 60): from 1000 to 2001, then to 2002, a second each.
    const w = 1 - Math.exp(-1 / 60);
    const first = 1000 + w * (2001 - 1000);
    expect(left.seconds).toBeCloseTo(first + w * (2002 - first) - 2, 9);
  });
});

describe("closing lines", () => {
  const folder = "runs/fashion-lerac-s1-7f3a";
  const ended = (outcome: "completed" | "stopped" | "failed") => {
    const writer = new EventWriter(fashion.run);
    const state = stateAfter(scenarioEvents(fashion, 2034, writer));
    if (outcome === "completed") writer.epoch = 30;
    state.apply(writer.write(end(outcome)));
    return closingLines(state, { folder });
  };

  test("completed", () => {
    expect(ended("completed")).toEqual([
      "done  30 epochs in 24:31   test.accuracy 91.3 %   best val.accuracy 88.1 % @2",
      "run   runs/fashion-lerac-s1-7f3a   seed 1 of 5",
      "next  lerac show 7f3a   lerac predict 7f3a INPUT   lerac export 7f3a -o DIR",
    ]);
  });

  test("stopped and failed name the checkpoint and how to go on", () => {
    expect(ended("stopped")[0]).toContain("stopped at epoch 2.41 after 24:31   last checkpoint ckpt-001688");
    expect(ended("failed")[0]).toContain("failed at step 2,034 (L0501)");
    expect(ended("failed")[2]).toBe("next  lerac resume 7f3a");
  });

  test("in a terminal facts that have no room go on below, commands whole", () => {
    const writer = new EventWriter(fashion.run);
    const state = stateAfter(scenarioEvents(fashion, 2034, writer));
    state.apply(writer.write(end("stopped")));
    expect(closingLines(state, { folder, columns: 66 })).toEqual([
      "ended stopped at epoch 2.41 after 24:31",
      "      last checkpoint ckpt-001688   best val.accuracy 88.1 % @2",
      "run   runs/fashion-lerac-s1-7f3a   seed 1 of 5",
      "next  lerac resume 7f3a",
    ]);
  });

  test("crashed", () => {
    const state = stateAfter(scenarioEvents(fashion, 2034));
    state.exited({ code: 1, signal: null, stderr: [] });
    expect(closingLines(state, { folder })[0]).toBe(
      "ended the trainer died (exit 1) at epoch 2.41   last checkpoint ckpt-001688",
    );
  });
});

describe("long runs", () => {
  test("100,000 records: bounded memory, a first picture in time", () => {
    const long = { ...fashion, epochs: 200, stepsPerEpoch: 1000, recordEvery: 1 };
    const events = [...scenarioEvents(long, 100_000)];
    const state = new RunState(planView(long));
    const begin = performance.now();
    for (const event of events) state.apply(event);
    const reduced = performance.now();
    renderFrame(state, {
      columns: 120,
      rows: 40,
      ascii: false,
      theme: { name: "mono", depth: "none" },
      now: Date.parse(events.at(-1)?.at ?? ""),
    });
    const drawn = performance.now();
    expect(state.trainLoss.length).toBeLessThanOrEqual(32_768);
    expect(state.log.length).toBeLessThanOrEqual(1000);
    // Generous for a busy machine: usual are 60 ms and 50 ms.
    expect(reduced - begin).toBeLessThan(1500);
    expect(drawn - reduced).toBeLessThan(1000);
    console.info(
      `100,000 records: ${(reduced - begin).toFixed(0)} ms, picture ${(drawn - reduced).toFixed(0)} ms`,
    );
  });
});

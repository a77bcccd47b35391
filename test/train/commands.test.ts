import { beforeAll, describe, expect, it } from "vitest";
import type { CommandName, Run, RunEndEvent } from "../../src/runs/index.js";
import { listCheckpoints } from "../../src/train/checkpoint.js";
import { Control } from "../../src/train/control.js";
import { train } from "../../src/train/loop.js";
import {
  eventsOf,
  eventsOfType,
  lastTensors,
  newRun,
  smallProgram,
  temporaryFolder,
  watched,
  writeSmallFashion,
} from "./harness.js";

const folder = temporaryFolder();
const data = writeSmallFashion(temporaryFolder(), { train: 60, test: 40 });
const program = smallProgram();

/** Trains a new run; `commands` are given while the step after so many completed ones computes. */
async function trainWith(commands: Readonly<Record<number, CommandName[]>>, changed = program) {
  const run = await newRun(folder, data, changed);
  const control = new Control();
  const give = (step: number) => {
    for (const command of commands[step] ?? []) control.request(command, "cli");
  };
  const end = await train(run, { control, load: watched({ beforeStep: give }) });
  return { run, end };
}

let straight: { run: Run; end: RunEndEvent };
beforeAll(async () => {
  straight = await trainWith({});
});

function trainMeans(run: Run): unknown[] {
  return eventsOfType(run, "epoch").map(({ step, train, val, best }) => ({ step, train, val, best }));
}

describe("stop", () => {
  it("finishes the step, saves, exits 6, and resumes to bit for bit the same weights and records", async () => {
    const { run, end } = await trainWith({ 10: ["stop"] });
    expect(end).toMatchObject({ outcome: "stopped", exit: 6, best: { checkpoint: "ckpt-000008" } });
    expect(eventsOf(run).at(-1)?.step).toBe(11);
    expect(eventsOfType(run, "command")).toMatchObject([{ command: "stop", from: "cli", accepted: true }]);
    expect(eventsOfType(run, "checkpoint").at(-1)).toMatchObject({ name: "ckpt-000011", reason: "stop" });

    const resumed = await train(run, { resume: true });
    expect(resumed).toMatchObject({ outcome: "completed", exit: 0 });
    expect(eventsOfType(run, "run.start").at(-1)?.resumed_from_step).toBe(11);
    expect(lastTensors(run).equals(lastTensors(straight.run))).toBe(true);
    expect(resumed.final).toEqual(straight.end.final);
    expect(resumed.best).toEqual(straight.end.best);
    expect(trainMeans(run)).toEqual(trainMeans(straight.run));
    expect(eventsOf(run).map((event) => event.seq)).toEqual(eventsOf(run).map((_, index) => index + 1));
  });

  it("cuts an evaluation short, which is done again on resuming", async () => {
    const run = await newRun(folder, data, program);
    const control = new Control();
    const load = watched({
      // Three batches a split: the second batch of the second evaluation, after 16 steps.
      beforeEvaluate: (batch) => {
        if (batch === 4) control.request("stop", "signal");
      },
    });
    const end = await train(run, { control, load });
    expect(end).toMatchObject({ outcome: "stopped", exit: 6 });
    expect(eventsOfType(run, "epoch")).toHaveLength(1);
    expect(eventsOfType(run, "evaluation")).toHaveLength(1);
    expect(listCheckpoints(run).at(-1)).toBe("ckpt-000016");

    expect((await train(run, { resume: true })).final).toEqual(straight.end.final);
    expect(lastTensors(run).equals(lastTensors(straight.run))).toBe(true);
    expect(trainMeans(run)).toEqual(trainMeans(straight.run));
  });

  it("in the last measuring leaves nothing but that to be done", async () => {
    const run = await newRun(folder, data, program);
    const control = new Control();
    const load = watched({ beforeEvaluate: (batch) => batch === 13 && control.request("stop", "signal") });
    expect(await train(run, { control, load })).toMatchObject({ outcome: "stopped", exit: 6 });
    const resumed = await train(run, { resume: true });
    expect(resumed.final).toEqual(straight.end.final);
    expect(eventsOfType(run, "step").filter((event) => event.step > 32)).toEqual([]);
  });

  it("after the epoch waits for its end, and is taken back by saying it again", async () => {
    const { run, end } = await trainWith({ 10: ["stop_after_epoch"] });
    expect(end.exit).toBe(6);
    expect(eventsOf(run).at(-1)?.step).toBe(16);
    expect(eventsOfType(run, "epoch")).toHaveLength(2);

    const back = await trainWith({ 10: ["stop_after_epoch"], 12: ["stop_after_epoch"] });
    expect(back.end.outcome).toBe("completed");
  });
});

describe("abort", () => {
  it("ends at once without a checkpoint, exit 130, and the run resumes from the last one", async () => {
    const { run, end } = await trainWith({ 11: ["stop", "abort", "checkpoint"] });
    expect(end).toMatchObject({ outcome: "aborted", exit: 130 });
    expect(listCheckpoints(run)).toEqual(["ckpt-000008"]);
    expect(eventsOfType(run, "command")).toMatchObject([
      { command: "stop", accepted: true },
      { command: "abort", accepted: true },
      { command: "checkpoint", accepted: false, reason: "the run is ending" },
    ]);
    await train(run, { resume: true });
    expect(lastTensors(run).equals(lastTensors(straight.run))).toBe(true);
  });

  it("before the first checkpoint means that resuming begins anew", async () => {
    const { run } = await trainWith({ 2: ["abort"] });
    expect(listCheckpoints(run)).toEqual([]);
    await train(run, { resume: true });
    expect(eventsOfType(run, "run.start").at(-1)?.resumed_from_step).toBe(0);
    expect(lastTensors(run).equals(lastTensors(straight.run))).toBe(true);
  });
});

describe("pause", () => {
  it("stands still until continue, does not count as training, and changes no weight", async () => {
    const run = await newRun(folder, data, program);
    const control = new Control();
    const load = watched({
      beforeStep: (step) => {
        if (step !== 5) return;
        control.request("pause", "monitor");
        control.request("pause", "monitor");
        setTimeout(() => control.request("continue", "monitor"), 600);
      },
    });
    const end = await train(run, { control, load });
    expect(eventsOfType(run, "command")).toMatchObject([
      { command: "pause", accepted: true },
      { command: "pause", accepted: false, reason: "the run is paused already" },
      { command: "continue", accepted: true },
    ]);
    const phases = eventsOfType(run, "phase").filter((event) => event.phase === "pause");
    expect(phases.map((event) => [event.state, event.step])).toEqual([
      ["begin", 6],
      ["end", 6],
    ]);
    const paused = phases[1]?.seconds ?? 0;
    expect(paused).toBeGreaterThan(0.4);
    const [begin, last] = [eventsOfType(run, "run.start")[0], eventsOf(run).at(-1)];
    const wall = (Date.parse(last?.at ?? "") - Date.parse(begin?.at ?? "")) / 1000;
    expect(Math.abs(wall - paused - end.seconds)).toBeLessThan(0.25);
    expect(lastTensors(run).equals(lastTensors(straight.run))).toBe(true);
  });
});

describe("checkpoint and evaluate", () => {
  it("are done between two steps, change nothing, and a checkpoint asked for is never pruned", async () => {
    const { run } = await trainWith({ 4: ["checkpoint", "evaluate"] });
    expect(listCheckpoints(run)).toContain("ckpt-000005");
    expect(eventsOfType(run, "evaluation")[0]).toMatchObject({ step: 5, split: "val", samples: 20 });
    expect(lastTensors(run).equals(lastTensors(straight.run))).toBe(true);
    expect(trainMeans(run)).toEqual(trainMeans(straight.run));
  });

  it("evaluate is refused where there is no val split", async () => {
    const { run } = await trainWith(
      { 1: ["evaluate"] },
      smallProgram({ val: false, keep: { kind: "last" } }),
    );
    expect(eventsOfType(run, "command")).toMatchObject([
      { accepted: false, reason: "the spec has no `val` split" },
    ]);
  });
});

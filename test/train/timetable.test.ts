import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Executor } from "../../src/engine/executor.js";
import { ratesAt } from "../../src/plan/index.js";
import { PlanWindow } from "../../src/train/plan-window.js";
import { Stopwatch } from "../../src/train/stopwatch.js";
import { TimeLeft } from "../../src/train/time-left.js";
import { endsEpoch, evaluationDue, evaluationsAhead, makeTimetable } from "../../src/train/timetable.js";
import { smallProgram } from "./harness.js";

const whole = { epochs: null, steps: null };

describe("the timetable", () => {
  it("counts epochs in steps, the last batch included", () => {
    const table = makeTimetable(smallProgram(), 60, whole);
    expect(table).toEqual({ clock: { stepsPerEpoch: 8, steps: 32 }, lastStep: 32, evaluateEvery: 8 });
    expect([7, 8, 9, 16].map((step) => endsEpoch(table, step))).toEqual([false, true, false, true]);
    expect(makeTimetable(smallProgram(), 60, { epochs: 2, steps: null }).lastStep).toBe(16);
    expect(makeTimetable(smallProgram(), 60, { epochs: null, steps: 1000 }).lastStep).toBe(32);
  });

  it("refuses samples that make no batch", () => {
    const program = smallProgram();
    const dropping = { ...program, train: { ...program.train, lastBatch: "drop" as const } };
    expect(() => makeTimetable(dropping, 7, whole)).toThrow("`train` has 7 samples: no full batch of 8");
  });

  it("evaluates at whole multiples and at the end, and knows how often that still is", () => {
    const intervals = fc.oneof(
      fc.record({ unit: fc.constant("steps" as const), value: fc.integer({ min: 1, max: 50 }) }),
      fc.record({ unit: fc.constant("epochs" as const), value: fc.constantFrom(1, 2, 0.25, 1 / 3, 0.1) }),
      fc.record({ unit: fc.constant("share" as const), value: fc.constantFrom(0.1, 0.05, 1) }),
    );
    fc.assert(
      fc.property(intervals, fc.integer({ min: 1, max: 200 }), (evaluateEvery, samples) => {
        const table = makeTimetable(smallProgram({ evaluateEvery }), samples, whole);
        const due = Array.from({ length: table.lastStep + 1 }, (_, step) => evaluationDue(table, step));
        expect(due[0]).toBe(false);
        expect(due[table.lastStep]).toBe(true);
        for (let step = 0; step <= table.lastStep; step++)
          expect(evaluationsAhead(table, step)).toBe(due.slice(step + 1).filter(Boolean).length);
        // Never more than one interval (rounded up to a step) apart.
        const gap = Math.ceil(table.evaluateEvery - 1e-9);
        for (let step = 0; step + gap <= table.lastStep; step++)
          expect(due.slice(step + 1, step + gap + 1)).toContain(true);
      }),
    );
  });
});

describe("the plan window", () => {
  it("always covers the step at hand, with the plan's rates rounded once, from any step on", () => {
    const { plan } = smallProgram();
    const clock = { stepsPerEpoch: 8, steps: 32 };
    let base = 0;
    let rows: readonly Float32Array[] = [];
    let writes = 0;
    const executor = {
      writePlan: (from: number, given: readonly Float32Array[]) => {
        base = from;
        rows = given;
        writes++;
      },
    } as unknown as Executor;
    for (const first of [0, 11, 31]) {
      const window = new PlanWindow(plan, clock, 5);
      writes = 0;
      for (let step = first; step < clock.steps; step++) {
        window.cover(step, executor);
        expect(rows.length).toBeLessThanOrEqual(5);
        expect([...(rows[step - base] ?? [])]).toEqual(ratesAt(plan, clock, step).map(Math.fround));
      }
      expect(writes).toBe(Math.ceil((clock.steps - first) / 5));
    }
  });
});

describe("time", () => {
  it("left is unknown until 20 steps and 5 seconds are in, then steps and evaluations ahead", () => {
    const left = new TimeLeft(100);
    left.addSteps(19, 10);
    expect(left.estimate({ steps: 100, evaluations: 0 })).toBe(null);
    left.addSteps(11, 5);
    left.addEvaluation(3);
    expect(left.estimate({ steps: 100, evaluations: 2 })).toBeCloseTo(100 * (15 / 30) + 2 * 3, 9);
  });

  it("left follows a change of speed within about an epoch", () => {
    const left = new TimeLeft(50);
    for (let i = 0; i < 100; i++) left.addSteps(1, 1);
    for (let i = 0; i < 200; i++) left.addSteps(1, 0.1);
    expect(left.estimate({ steps: 1, evaluations: 0 })).toBeCloseTo(0.1 + 0.9 * 0.98 ** 200, 9);
  });

  it("is split without losing any", async () => {
    let now = 0;
    const stopwatch = new Stopwatch(() => now);
    const spend = (seconds: number) => async () => {
      now += seconds * 1000;
    };
    await stopwatch.measure("step", spend(2));
    await stopwatch.measure("data", spend(1));
    now += 500;
    await stopwatch.measure("step", spend(3));
    expect(stopwatch.elapsed).toBe(6.5);
    expect(stopwatch.lap()).toEqual({ step: 5, data: 1, evaluate: 0, checkpoint: 0, pause: 0, other: 0.5 });
    expect(stopwatch.elapsed).toBe(0);
    await expect(stopwatch.measure("evaluate", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  });
});

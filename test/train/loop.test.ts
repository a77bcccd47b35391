import { beforeAll, describe, expect, it } from "vitest";
import { ratesAt } from "../../src/plan/index.js";
import type { Run, RunEndEvent } from "../../src/runs/index.js";
import { validateEvent } from "../../src/runs/validate-event.js";
import { listCheckpoints } from "../../src/train/checkpoint.js";
import { train } from "../../src/train/loop.js";
import {
  eventsOf,
  eventsOfType,
  newRun,
  smallProgram,
  temporaryFolder,
  writeSmallFashion,
} from "./harness.js";

const folder = temporaryFolder();
const data = writeSmallFashion(temporaryFolder(), { train: 60, test: 40 });
const program = smallProgram();
const clock = { stepsPerEpoch: 8, steps: 32 };

describe("a run from start to end", () => {
  let run: Run;
  let end: RunEndEvent;

  beforeAll(async () => {
    run = await newRun(folder, data, program);
    end = await train(run);
  });

  it("completes with the kept checkpoint measured on val and test", () => {
    expect(end).toMatchObject({ outcome: "completed", exit: 0, code: null });
    expect(Object.keys(end.final).sort()).toEqual(["test.accuracy", "test.loss", "val.accuracy", "val.loss"]);
    expect(end.seconds).toBeGreaterThan(0);
  });

  it("writes events that fit their schema, numbered without gaps", () => {
    const events = eventsOf(run);
    for (const event of events) expect(validateEvent(event), JSON.stringify(event)).toEqual([]);
    expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
    expect(new Set(events.map((event) => event.run))).toEqual(new Set([run.record.name]));
    expect(events.at(-1)?.type).toBe("run.end");
  });

  it("learns: the mean loss of the last epoch is below that of the first", () => {
    const epochs = eventsOfType(run, "epoch");
    expect(epochs).toHaveLength(4);
    expect(epochs[3]?.train.loss).toBeLessThan(0.8 * (epochs[0]?.train.loss ?? 0));
  });

  it("puts the rates on record at the start of each epoch, applied as planned", () => {
    const rates = eventsOfType(run, "rates");
    expect(rates.map((event) => event.t)).toEqual([0, 1, 2, 3]);
    for (const event of rates) {
      const planned = ratesAt(program.plan, clock, event.t * 8).map(Math.fround);
      expect(event).toMatchObject({ planned, applied: planned, equal: true });
    }
    // The head starts a thousand times slower and has caught up at k = 2.
    expect((rates[0]?.applied[0] ?? 0) / (rates[0]?.applied[1] ?? 1)).toBeCloseTo(1000, 2);
    expect(rates[2]?.applied[0]).toBe(rates[2]?.applied[1]);
  });

  it("accounts for every step and sample in its step events", () => {
    const steps = eventsOfType(run, "step");
    expect(steps.at(-1)?.step).toBe(32);
    for (const epochEnd of [8, 16, 24, 32]) expect(steps.some((event) => event.step === epochEnd)).toBe(true);
    for (const { seconds } of steps)
      for (const share of Object.values(seconds)) expect(share).toBeGreaterThanOrEqual(0);
  });

  it("keeps the checkpoint with the best val.accuracy, the first of equals, and the last one", () => {
    const epochs = eventsOfType(run, "epoch");
    const accuracies = epochs.map((event) => event.val?.accuracy ?? 0);
    const best = accuracies.indexOf(Math.max(...accuracies)) + 1;
    const name = `ckpt-${(best * 8).toString().padStart(6, "0")}`;
    expect(end.best).toEqual({
      checkpoint: name,
      metric: "val.accuracy",
      value: Math.max(...accuracies),
      epoch: best,
    });
    expect(end.final["val.accuracy"]).toBe(Math.max(...accuracies));
    expect(new Set(listCheckpoints(run))).toEqual(new Set([name, "ckpt-000032"]));
  });

  it("says what it ran on", () => {
    const [start] = eventsOfType(run, "run.start");
    expect(start).toMatchObject({
      lerac: "0.1.0",
      program: run.record.program,
      spec: "01-fashion.lerac",
      curriculum: "lerac",
      backend: "eager",
      epochs: 4,
      steps: 32,
      steps_per_epoch: 8,
      samples: 60,
      resumed_from_step: null,
      levels: [
        { level: 1, address: "conv+conv.batch_norm", parameters: 27 + 3 + 6 },
        { level: 2, address: "head", parameters: 147 * 10 + 10 },
      ],
    });
  });
});

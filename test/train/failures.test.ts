import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { LeracError } from "../../src/diagnostics/index.js";
import { lockRun, type Run } from "../../src/runs/index.js";
import { validateEvent } from "../../src/runs/validate-event.js";
import { checkpointPath, listCheckpoints } from "../../src/train/checkpoint.js";
import { Control } from "../../src/train/control.js";
import { train } from "../../src/train/loop.js";
import {
  eventsOf,
  eventsOfType,
  newRun,
  smallProgram,
  temporaryFolder,
  watched,
  writeSmallFashion,
} from "./harness.js";

const folder = temporaryFolder();
const data = writeSmallFashion(temporaryFolder(), { train: 60, test: 40 });
const program = smallProgram();

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof LeracError) return error.diagnostics[0]?.code ?? "none";
    throw error;
  }
  return "no error";
}

/** A run stopped after its 11th step. */
async function stoppedRun(): Promise<Run> {
  const run = await newRun(folder, data, program);
  const control = new Control();
  await train(run, {
    control,
    load: watched({ beforeStep: (step) => step === 10 && control.request("stop", "cli") }),
  });
  return run;
}

describe("health", () => {
  it("a loss that is no number ends the run: exit 5, what, when, at which rates", async () => {
    const run = await newRun(folder, data, smallProgram({ rate: 1e6 }));
    const end = await train(run);
    expect(end).toMatchObject({ outcome: "failed", exit: 5, code: "L0504" });
    expect(end.error?.message).toMatch(/^the (loss|gradient of `.*`) became (NaN|Inf|-Inf) at step \d+$/);
    expect(end.error?.notes[0]).toContain("conv+conv.batch_norm 1.00e6, head 1.00e3");
    expect(eventsOfType(run, "health")).toMatchObject([{ action: "stop" }]);
    for (const event of eventsOf(run)) expect(validateEvent(event)).toEqual([]);
  });

  it("keeps the last good checkpoint and names it", async () => {
    const run = await newRun(folder, data, program);
    const load = watched({
      afterStep: (outcome, step) => (step === 12 ? { ...outcome, loss: Number.NaN } : outcome),
    });
    const end = await train(run, { load });
    expect(end.error?.message).toBe("the loss became NaN at step 13");
    expect(end.error?.notes[1]).toBe("the last good state is kept in ckpt-000008");
    expect(listCheckpoints(run)).toEqual(["ckpt-000008"]);
    expect(eventsOf(run).at(-1)?.step).toBe(12);
  });
});

describe("what levels measure", () => {
  it("is had at the first step of an epoch and every sixteenth, and stands in every record", async () => {
    const run = await newRun(folder, data, program);
    const measured: number[] = [];
    await train(run, {
      load: watched({
        afterStep: (outcome, step) => {
          expect(outcome.updateRatio).toHaveLength(outcome.gradNorm.length);
          if (outcome.gradNorm.length > 0) measured.push(step);
          return outcome;
        },
      }),
    });
    // Eight steps an epoch, four epochs.
    expect(measured).toEqual([0, 8, 16, 24]);
    for (const event of eventsOfType(run, "step")) {
      expect(event.grad_norm).toHaveLength(2);
      expect(event.update_ratio).toHaveLength(2);
    }
  });

  it("does not keep weights that are no numbers, though nothing showed it before", async () => {
    const run = await newRun(folder, data, program);
    const control = new Control();
    const end = await train(run, {
      control,
      load: async (...request) => {
        const executor = await watched({})(...request);
        const step = executor.step;
        return Object.assign(executor, {
          step: async (...given: Parameters<typeof step>) => {
            const outcome = await step(...given);
            if (executor.stepsDone === 12) {
              const values = new Float32Array(10).fill(Number.NaN);
              await executor.write(new Map([["head.bias", { shape: [10], values }]]));
              control.request("stop", "cli");
            }
            return outcome;
          },
        });
      },
    });
    expect(end).toMatchObject({ outcome: "failed", exit: 5, code: "L0504" });
    expect(end.error?.message).toBe("`head.bias` became NaN at step 12");
    expect(end.error?.notes[1]).toBe("the last good state is kept in ckpt-000008");
    expect(listCheckpoints(run)).toEqual(["ckpt-000008"]);
    expect(eventsOfType(run, "health")).toMatchObject([{ address: "head.bias", pass: "update" }]);
  });
});

describe("the audit", () => {
  it("catches an executor that applies another rate, be it by one bit", async () => {
    const run = await newRun(folder, data, program);
    const load = watched({
      afterStep: (outcome, step) => {
        if (step !== 9) return outcome;
        const applied = outcome.applied.slice();
        const bits = new Uint32Array(applied.buffer);
        bits[1] = (bits[1] ?? 0) + 1;
        return { ...outcome, applied };
      },
    });
    const end = await train(run, { load });
    expect(end).toMatchObject({ outcome: "failed", exit: 5, code: "L0710" });
    expect(end.error?.message).toBe("the rate applied at level 2 (head) is not the planned one, at step 10");
    const rates = eventsOfType(run, "rates");
    expect(rates.at(-1)).toMatchObject({ equal: false });
    expect(rates.slice(0, -1).every((event) => event.equal)).toBe(true);
  });

  it("catches an executor whose plan is one step ahead", async () => {
    const run = await newRun(folder, data, program);
    const load = watched({ rows: (rows) => [...rows.slice(1), ...rows.slice(-1)] });
    const end = await train(run, { load });
    expect(end.code).toBe("L0710");
    // Within an epoch the rates stay the same, so its last step is the first to differ.
    expect(end.error?.message).toContain("at step 8");
  });

  it("catches an executor that knows fewer levels than the plan", async () => {
    const run = await newRun(folder, data, program);
    const load = watched({
      afterStep: (outcome) => ({ ...outcome, applied: outcome.applied.slice(0, 1) }),
    });
    expect((await train(run, { load })).error?.notes[0]).toContain("applied nothing");
  });
});

describe("what a resumed run needs", () => {
  it("a torn last event is taken away, and numbering goes on", async () => {
    const run = await stoppedRun();
    const whole = eventsOf(run).length;
    writeFileSync(run.paths.events, `${readFileSync(run.paths.events, "utf8")}{"v":1,"type":"st`);
    await train(run, { resume: true });
    const events = eventsOf(run);
    expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
    expect(events.length).toBeGreaterThan(whole);
  });

  it("a torn checkpoint is an error that names the older one that is intact", async () => {
    const run = await stoppedRun();
    const path = checkpointPath(run, "ckpt-000011");
    truncateSync(path, readFileSync(path).length - 100);
    const end = await train(run, { resume: true });
    expect(end).toMatchObject({ outcome: "failed", exit: 4, code: "L0706" });
    expect(end.error?.notes[1]).toBe("ckpt-000008 is older and intact");
    expect(end.error?.helps[0]).toContain(`delete ${path}`);
  });

  it("a checkpoint with one changed bit is an error", async () => {
    const run = await stoppedRun();
    const path = checkpointPath(run, "ckpt-000011");
    const bytes = readFileSync(path);
    const at = bytes.length - 6;
    bytes[at] = (bytes[at] ?? 0) ^ 4;
    writeFileSync(path, bytes);
    expect((await train(run, { resume: true })).code).toBe("L0706");
  });

  it("a checkpoint of another run is an error", async () => {
    const [run, other] = [await stoppedRun(), await newRun(folder, data, smallProgram({ rate: 0.01 }))];
    writeFileSync(checkpointPath(other, "ckpt-000011"), readFileSync(checkpointPath(run, "ckpt-000011")));
    expect((await train(other, { resume: true })).code).toBe("L0711");
  });

  it("data that changed are an error", async () => {
    const changing = writeSmallFashion(temporaryFolder(), { train: 60, test: 40 });
    const run = await newRun(folder, changing, program);
    const control = new Control();
    control.request("stop", "cli");
    await train(run, { control });
    writeSmallFashion(changing, { train: 59, test: 40 });
    expect((await train(run, { resume: true })).code).toBe("L0716");
  });

  it("a program that changed is an error", async () => {
    const run = await stoppedRun();
    const text = readFileSync(run.paths.program, "utf8");
    writeFileSync(run.paths.program, text.replace('"momentum": 0.9', '"momentum": 0.8'));
    expect((await train(run, { resume: true })).code).toBe("L0701");
  });
});

describe("a run that may not start", () => {
  it("is one that another trainer has", async () => {
    const run = await newRun(folder, data, program);
    const lock = lockRun(run);
    expect(await codeOf(train(run))).toBe("L0707");
    lock.release();
    const control = new Control();
    control.request("abort", "cli");
    expect((await train(run, { control })).exit).toBe(130);
  });

  it("is one begun before, without resume, and a complete one", async () => {
    const run = await newRun(folder, data, smallProgram({ epochs: 3 }), { epochs: 1 });
    expect((await train(run)).outcome).toBe("completed");
    expect(await codeOf(train(run))).toBe("L0722");
    expect(await codeOf(train(run, { resume: true }))).toBe("L0712");
  });

  it("is one whose data are missing: the error is on record", async () => {
    const run = await newRun(folder, "/no/such/folder", program);
    const end = await train(run);
    expect(end).toMatchObject({ outcome: "failed", exit: 4, code: "L0304" });
    expect(validateEvent(eventsOf(run).at(-1))).toEqual([]);
  });

  it("is one for a backend that is not there", async () => {
    const run = await newRun(folder, data, program, { backend: "abacus" });
    expect(await train(run)).toMatchObject({ exit: 4, code: "L0901" });
  });
});

describe("a fault of lerac itself", () => {
  it("ends the run with exit 70 and words of its own, the trace going to the log", async () => {
    const printed = vi.spyOn(console, "error").mockImplementation(() => {});
    const run = await newRun(folder, data, program);
    const load = watched({
      beforeStep: (step) => {
        if (step === 3) throw new TypeError("x is \u001b[2J undefined");
      },
    });
    const end = await train(run, { load });
    expect(end).toMatchObject({ outcome: "failed", exit: 70, code: null });
    expect(end.error?.message).toBe("lerac itself is at fault: x is \\x1b[2J undefined");
    expect(printed.mock.calls[0]?.[0]).toBeInstanceOf(TypeError);
    expect(validateEvent(eventsOf(run).at(-1))).toEqual([]);
    printed.mockRestore();
  });
});

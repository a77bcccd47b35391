import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ratesAt } from "../../src/plan/index.js";
import { writeFileAtomic } from "../../src/runs/atomic-file.js";
import { openRun } from "../../src/runs/index.js";
import { encodeSafetensors, readSafetensors } from "../../src/runs/safetensors.js";
import { checkpointPath, listCheckpoints } from "../../src/train/checkpoint.js";
import { Control } from "../../src/train/control.js";
import { evaluateRun } from "../../src/train/evaluate.js";
import { train } from "../../src/train/loop.js";
import { isBetter } from "../../src/train/selection.js";
import {
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

describe("which checkpoint is kept", () => {
  it("less is better for losses and errors, more for all else; a tie and NaN are no improvement", () => {
    expect(isBetter("loss", 0.4, 0.5)).toBe(true);
    expect(isBetter("mae", 0.6, 0.5)).toBe(false);
    expect(isBetter("accuracy", 0.6, 0.5)).toBe(true);
    expect(isBetter("top(3)", 0.4, 0.5)).toBe(false);
    expect(isBetter("accuracy", 0.5, 0.5)).toBe(false);
    expect(isBetter("loss", Number.NaN, null)).toBe(false);
    expect(isBetter("accuracy", 0, null)).toBe(true);
  });

  it("with evaluations in the middle of epochs: the least val.loss of all, and of the end", async () => {
    const program = smallProgram({
      evaluateEvery: { unit: "steps", value: 5 },
      keep: { kind: "best", split: "val", metric: "loss" },
    });
    const run = await newRun(folder, data, program);
    const end = await train(run);
    const evaluations = eventsOfType(run, "evaluation").filter((event) => event.checkpoint === null);
    expect(evaluations.map((event) => event.step)).toEqual([5, 10, 15, 20, 25, 30, 32]);
    const losses = evaluations.map((event) => event.metrics.loss ?? Number.NaN);
    const least = losses.indexOf(Math.min(...losses));
    const step = evaluations[least]?.step ?? 0;
    expect(end.best).toMatchObject({ metric: "val.loss", value: losses[least], epoch: step / 8 });
    // The kept weights measured anew give the same number: what was kept is what was measured.
    expect(end.final["val.loss"]).toBe(losses[least]);
    // No evaluation at an epoch's end: the epochs say so.
    expect(eventsOfType(run, "epoch").map((event) => event.val === null)).toEqual([true, true, true, false]);
  });

  it("can be measured again, as can the last one, with the same result", async () => {
    const run = await newRun(folder, data, smallProgram());
    const end = await train(run);
    const best = end.best.checkpoint ?? "";
    expect(listCheckpoints(run)).toContain(best);
    const measured = await evaluateRun(openRun(run.folder), { split: "test", checkpoint: "best" });
    expect(measured).toMatchObject({ checkpoint: best, samples: 20 });
    expect(measured.metrics.loss).toBe(end.final["test.loss"]);
    const last = await evaluateRun(openRun(run.folder), { split: "val", checkpoint: "last" });
    expect(last.checkpoint).toBe("ckpt-000032");
    expect(last.metrics).toEqual(eventsOfType(run, "epoch").at(-1)?.val);
    await expect(evaluateRun(run, { split: "val", checkpoint: "ckpt-000007" })).rejects.toThrow(
      /has no checkpoint ckpt-000007/,
    );
  });

  it("`keep last` keeps the last; without val and test the means of the last epoch are the result", async () => {
    const base = smallProgram({ val: false, keep: { kind: "last" }, epochs: 2 });
    const run = await newRun(folder, data, { ...base, data: { ...base.data, test: null } });
    const end = await train(run);
    const { train: means } = eventsOfType(run, "epoch").at(-1) ?? { train: null };
    expect(end.best).toEqual({ checkpoint: "ckpt-000016", epoch: 2 });
    expect(end.final).toEqual({ "train.loss": means?.loss, "train.accuracy": means?.accuracy });
    await expect(evaluateRun(run, { split: "test", checkpoint: "last" })).rejects.toThrow(
      "the spec has no `test` split",
    );
  });
});

describe("an early end", () => {
  it("keeps the plan of the full run: same rates, same weights as the full run had then", async () => {
    const program = smallProgram();
    const early = await newRun(folder, data, program, { epochs: 3 });
    expect(await train(early)).toMatchObject({ outcome: "completed" });
    expect(eventsOfType(early, "run.start")[0]).toMatchObject({ epochs: 4, steps: 24 });

    const full = await newRun(folder, data, program);
    const control = new Control();
    await train(full, {
      control,
      load: watched({ beforeStep: (step) => step === 23 && control.request("stop", "cli") }),
    });
    expect(lastTensors(early).equals(lastTensors(full))).toBe(true);
    const inForce = eventsOfType(early, "rates").at(-1)?.applied;
    expect(inForce).toEqual(ratesAt(program.plan, { stepsPerEpoch: 8, steps: 32 }, 16).map(Math.fround));
  });

  it("in the middle of an epoch, by steps", async () => {
    const run = await newRun(folder, data, smallProgram(), { steps: 3 });
    const end = await train(run);
    expect(end).toMatchObject({ outcome: "completed", best: { checkpoint: "ckpt-000003" } });
    expect(eventsOfType(run, "step").at(-1)?.step).toBe(3);
    expect(Object.keys(end.final)).toContain("test.accuracy");
  });
});

describe("initial weights", () => {
  it("are those of the file: trained weights measured before any step are as good as they were", async () => {
    const teacher = await newRun(folder, data, smallProgram());
    await train(teacher);
    const { metrics } = await evaluateRun(teacher, { split: "val", checkpoint: "last" });
    const init = { file: checkpointPath(teacher, "ckpt-000032"), sha256: null };
    const student = await newRun(folder, data, smallProgram({ epochs: 3 }), { init });
    const control = new Control();
    control.request("evaluate", "cli");
    control.request("stop", "cli");
    await train(student, { control });
    // `stop` cuts the evaluation short, so it is asked for again, and is the first thing done on resuming.
    const again = new Control();
    again.request("evaluate", "cli");
    await train(student, { control: again, resume: true });
    expect(eventsOfType(student, "evaluation")[0]).toMatchObject({ step: 0, metrics });
    expect(openRun(student.folder).record.options.init?.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it("that lack tensors or have other shapes are an error that names them", async () => {
    const file = join(folder, "odd.safetensors");
    const values = new Float32Array(4);
    await writeFileAtomic(
      file,
      encodeSafetensors(
        new Map([
          ["conv.weight", { shape: [2, 2], values }],
          ["tail.weight", { shape: [4], values }],
        ]),
      ),
    );
    const run = await newRun(folder, data, smallProgram(), { init: { file, sha256: null } });
    const end = await train(run);
    expect(end).toMatchObject({ outcome: "failed", exit: 4, code: "L0709" });
    expect(end.error?.notes).toEqual([
      "conv.weight has shape [2, 2], the model's is [3, 3, 1, 3]",
      "conv.bias is missing",
      "conv.batch_norm.weight is missing",
      "and 5 more of 8 tensors",
    ]);
  });
});

describe("a checkpoint", () => {
  it("is a plain safetensors file with every tensor and slot by its address", async () => {
    const run = await newRun(folder, data, smallProgram({ epochs: 3 }), { steps: 2 });
    await train(run);
    const { tensors, metadata } = await readSafetensors(checkpointPath(run, "ckpt-000002"));
    expect([...tensors.keys()]).toEqual(
      expect.arrayContaining(["conv.weight", "conv.weight/momentum", "conv.batch_norm.mean", "head.bias"]),
    );
    expect(tensors.get("head.weight")?.shape).toEqual([147, 10]);
    expect(metadata.format).toBe("lerac checkpoint 1");
    const [event] = eventsOfType(run, "checkpoint");
    expect(event?.bytes).toBe(readFileSync(join(run.folder, event?.file ?? "")).length);
  });
});

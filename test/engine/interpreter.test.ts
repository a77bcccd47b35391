import { memory } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { chooseBackend } from "../../src/engine/backends.js";
import { CompiledExecutor } from "../../src/engine/executors/compiled/executor.js";
import { Interpreter } from "../../src/engine/executors/compiled/interpreter.js";
import type { TrainingProgram } from "../../src/program/types.js";
import { programOf } from "../harness/program.js";
import { compiledCases, expectSameTraining } from "./compiled-cases.js";
import { batchOf, input, load, net, rows } from "./fixtures.js";

async function interpreted(program: TrainingProgram, seed = 1): Promise<CompiledExecutor> {
  const info = await chooseBackend("wasm");
  return CompiledExecutor.create(program, info, {
    seed,
    runtime: { open: async (graph) => new Interpreter(graph, "wasm") },
  });
}

describe("a compiled step, interpreted", () => {
  it.each(compiledCases)("trains as the eager executor: %s", async (_, program) => {
    const executors = [await load(program, "wasm"), await interpreted(program)] as const;
    await expectSameTraining(program, executors, { steps: 20, tolerance: 1e-5 });
  });

  it("continues bit for bit from what was read", async () => {
    const straight = await interpreted(net);
    const plan = rows(6, 0.1, 0.05, 0.02, 0.01);
    straight.writePlan(0, plan);
    for (let step = 0; step < 3; step++) await straight.step(batchOf(input, 5, 4, step));
    const checkpoint = await straight.read();
    for (let step = 3; step < 6; step++) await straight.step(batchOf(input, 5, 4, step));
    const resumed = await interpreted(net, 1);
    await resumed.write(checkpoint);
    resumed.stepsDone = 3;
    resumed.writePlan(3, plan.slice(3));
    for (let step = 3; step < 6; step++) await resumed.step(batchOf(input, 5, 4, step));
    expect(await resumed.read()).toEqual(await straight.read());
  });

  it("refuses a step outside of the plan's window, and keeps no tensor", async () => {
    const executor = await interpreted(net);
    executor.writePlan(4, rows(1, 0.1, 0.1, 0.1, 0.1));
    await expect(executor.step(batchOf(input, 5, 4, 1))).rejects.toThrow(/outside of the plan window/);
    executor.stepsDone = 4;
    const before = memory().numTensors;
    await executor.step(batchOf(input, 5, 4, 1));
    await executor.evaluate(batchOf(input, 12, 4, 1));
    expect(memory().numTensors).toBe(before);
  });

  it("is not made for a program that can't be compiled", async () => {
    const program = programOf({
      input: [4],
      layers: [{ operator: "softmax" }, { operator: "dense", args: { units: 2 } }],
    });
    await expect(interpreted(program)).rejects.toMatchObject({ diagnostics: [{ code: "L0903" }] });
  });
});

import { describe, expect, it } from "vitest";
import { stepKey } from "../../src/base/hash-bits.js";
import { CompiledExecutor } from "../../src/engine/executors/compiled/executor.js";
import type { Numbers } from "../../src/engine/executors/compiled/runner.js";
import { whyBanned } from "../../src/engine/executors/onnx/banned.js";
import { lowerings, lowerToOnnx, onDevice, onProcessor } from "../../src/engine/executors/onnx/model.js";
import { loadRuntime } from "../../src/engine/executors/onnx/runtime.js";
import { OnnxSession } from "../../src/engine/executors/onnx/session.js";
import type { OnnxTarget } from "../../src/engine/executors/onnx/values.js";
import { kinds } from "../../src/engine/kinds/index.js";
import { maskKey, maskLevel, maskValues } from "../../src/engine/masks.js";
import { traceTrainStep } from "../../src/engine/step/trace.js";
import type { TrainingProgram } from "../../src/program/types.js";
import { compiledCases, expectSameTraining } from "./compiled-cases.js";
import { batchOf, input, load, net, rows } from "./fixtures.js";
import { maskGraph } from "./mask-graph.js";

const loaded = await loadRuntime();
const runtime = "runtime" in loaded ? loaded.runtime : null;

describe("ONNX models of steps", () => {
  it("have a lowering for every kind of operation", () => {
    expect(Object.keys(lowerings).sort()).toEqual([...kinds.keys()].sort());
  });

  it("are the same bytes whenever they are made", () => {
    const graph = traceTrainStep(net, { batch: 5 });
    expect(lowerToOnnx(graph, onProcessor(16)).bytes).toEqual(lowerToOnnx(graph, onProcessor(16)).bytes);
  });

  it("hold nothing that loses additions or keeps random numbers", () => {
    const { nodes } = lowerToOnnx(traceTrainStep(net, { batch: 5 }), onProcessor(16));
    expect(nodes.map(whyBanned).filter((why) => why !== null)).toEqual([]);
    const node = { domain: "", inputs: [], outputs: ["a"], attributes: {} };
    expect(whyBanned({ ...node, operator: "ScatterND" })).toMatch(/loses additions/);
    const training = { ...node, operator: "BatchNormalization", attributes: { training_mode: 1 } };
    expect(whyBanned(training)).toMatch(/overwrites/);
  });
});

describe.runIf(runtime !== null)("steps on onnxruntime", () => {
  const on = (program: TrainingProgram, options: { readonly target?: OnnxTarget } = {}) =>
    CompiledExecutor.create(
      program,
      { executor: "onnx", library: "onnxruntime", version: "", device: "cpu", threads: 2, remark: "" },
      {
        seed: 1,
        runtime: {
          open: async (graph) => {
            if (runtime === null) throw new Error("no runtime");
            return OnnxSession.open(runtime, graph, { threads: 2, ...options });
          },
        },
      },
    );

  it.each(compiledCases)("train as the eager executor for 50 steps: %s", async (_, program) => {
    const compiled = await on(program);
    await expectSameTraining(program, [await load(program, "wasm"), compiled], {
      steps: 50,
      tolerance: 1e-4,
    });
    compiled.dispose();
  });

  it.each(compiledCases.filter(([name]) => /maxim|blocks/.test(name)))(
    "train so, too, in the operators that all devices have: %s",
    async (_, program) => {
      const portable = await on(program, { target: onDevice });
      await expectSameTraining(program, [await load(program, "wasm"), portable], {
        steps: 20,
        tolerance: 1e-4,
      });
      portable.dispose();
    },
  );

  it("continue bit for bit from what was read", async () => {
    const plan = rows(6, 0.1, 0.05, 0.02, 0.01);
    const straight = await on(net);
    straight.writePlan(0, plan);
    for (let step = 0; step < 3; step++) await straight.step(batchOf(input, 5, 4, step));
    const checkpoint = await straight.read();
    for (let step = 3; step < 6; step++) await straight.step(batchOf(input, 5, 4, step));
    const resumed = await on(net);
    await resumed.write(checkpoint);
    resumed.stepsDone = 3;
    resumed.writePlan(3, plan.slice(3));
    for (let step = 3; step < 6; step++) await resumed.step(batchOf(input, 5, 4, step));
    expect(await resumed.read()).toEqual(await straight.read());
    for (const executor of [straight, resumed]) executor.dispose();
  });

  it.each([1, 2, 7, 4096, 100_001])("make the host's own masks, of %i numbers", async (size) => {
    const graph = maskGraph(size, 0.3);
    if (runtime === null) throw new Error("no runtime");
    const session = await OnnxSession.open(runtime, graph, { threads: 2 });
    const key = maskKey(7, "drop");
    for (const step of [0, 1, 12_345]) {
      const mask = new Float32Array(size);
      const feeds = new Map<string, Numbers>([
        ["keys", Uint32Array.from([1, 2, ...key])],
        ["step", Int32Array.of(step)],
      ]);
      await session.run(feeds, new Map([["mask", mask]]));
      expect(mask).toEqual(maskValues(stepKey(step, ...key), maskLevel(0.3), size));
    }
    await session.dispose();
  });
});

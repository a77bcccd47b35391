import { describe, expect, it } from "vitest";
import { stepKey } from "../../src/base/hash-bits.js";
import { chooseTensorflow, describe as describeBackend } from "../../src/engine/backends.js";
import { CompiledExecutor } from "../../src/engine/executors/compiled/executor.js";
import type { Numbers } from "../../src/engine/executors/compiled/runner.js";
import { lowerings, lowerToTensorflow } from "../../src/engine/executors/tensorflow/model.js";
import { TensorflowSession } from "../../src/engine/executors/tensorflow/session.js";
import { TensorflowWriter } from "../../src/engine/executors/tensorflow/writer.js";
import { kinds } from "../../src/engine/kinds/index.js";
import { maskKey, maskLevel, maskValues } from "../../src/engine/masks.js";
import { traceEvaluation, traceTrainStep } from "../../src/engine/step/trace.js";
import type { TrainingProgram } from "../../src/program/types.js";
import { testedLibraries } from "./backends.js";
import { compiledCases, expectSameTraining } from "./compiled-cases.js";
import { batchOf, input, load, net, rows } from "./fixtures.js";
import { maskGraph } from "./mask-graph.js";

const isInstalled = testedLibraries.includes("tensorflow");
const reason = isInstalled ? "" : " (skipped: tfjs-node with its native module is not installed)";

describe("steps as TensorFlow graphs", () => {
  it("say every kind of operation", () => {
    expect(Object.keys(lowerings).sort()).toEqual([...kinds.keys()].sort());
  });

  it.each(compiledCases)("hold operations of TensorFlow 2.9 only: %s", (_, program) => {
    const graphs = [traceTrainStep(program, { batch: 5 }), traceEvaluation(program, 5)];
    const { bytes, variables, graphs: nodes } = lowerToTensorflow(graphs);
    expect(bytes.length).toBeGreaterThan(1000);
    const tensors = program.model.layers.flatMap((layer) => layer.tensors.map(({ address }) => address));
    expect([...variables.keys()]).toEqual(expect.arrayContaining(tensors));
    expect([...(nodes[0]?.results.keys() ?? [])]).toContain("next step");
  });

  it("refuse what TensorFlow 2.9 had not", () => {
    const writer = new TensorflowWriter();
    expect(() => writer.node("Einsum", [])).toThrow(/none of the operations/);
    expect(() => writer.node("Relu", ["x"], { grad_a: writer.graph })).toThrow(/no attribute grad_a/);
  });
});

describe.runIf(isInstalled)(`steps on TensorFlow${reason}`, () => {
  const on = async (program: TrainingProgram) => {
    const native = chooseTensorflow(2);
    const info = describeBackend(native, []);
    const runtime = new TensorflowSession(native.binding);
    return CompiledExecutor.create(program, info, { seed: 1, runtime });
  };

  it.each(compiledCases)("train as the eager executor for 50 steps: %s", async (_, program) => {
    const compiled = await on(program);
    await expectSameTraining(program, [await load(program, "wasm"), compiled], {
      steps: 50,
      tolerance: 1e-4,
    });
    compiled.dispose();
  });

  it("continue bit for bit from what was read, with another graph taken in between", async () => {
    const plan = rows(6, 0.1, 0.05, 0.02, 0.01);
    const straight = await on(net);
    straight.writePlan(0, plan);
    for (let step = 0; step < 3; step++) await straight.step(batchOf(input, 5, 4, step));
    await straight.evaluate(batchOf(input, 5, 4, 9));
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
    const session = new TensorflowSession(chooseTensorflow(2).binding);
    const runner = await session.open(maskGraph(size, 0.3));
    const key = maskKey(7, "drop");
    for (const step of [0, 1, 12_345]) {
      const mask = new Float32Array(size);
      const feeds = new Map<string, Numbers>([
        ["keys", Uint32Array.from([1, 2, ...key])],
        ["step", Int32Array.of(step)],
      ]);
      await runner.run(feeds, new Map([["mask", mask]]));
      expect(mask).toEqual(maskValues(stepKey(step, ...key), maskLevel(0.3), size));
    }
    session.dispose();
  });
});

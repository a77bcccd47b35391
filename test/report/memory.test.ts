import { readFileSync } from "node:fs";
import { join } from "node:path";
import { engine } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { type StepGraph, sizeOf } from "../../src/engine/graph/types.js";
import { loadExecutor } from "../../src/engine/index.js";
import { traceTrainStep } from "../../src/engine/step/trace.js";
import type { TrainingProgram } from "../../src/program/types.js";
import { estimateMemory } from "../../src/report/index.js";
import { changed, programOf, quickstart } from "./specs.js";

const claim = "  cnn.parameters == 1626058          # decided by `lerac check`, before any training\n";

describe("the memory of a step", () => {
  it("counts what is held, in bytes", () => {
    const estimate = estimateMemory(programOf(quickstart));
    const statistics = 2 * 32 + 2 * 64;
    const activations = 28 * 28 * (1 + 3 * 32 + 3 * 64) + 14 * 14 * 64 + 12_544 + 3 * 128 + 10;
    expect(estimate).toMatchObject({
      parameters: 4 * (1_626_058 + statistics),
      gradients: 4 * 1_626_058,
      optimizerState: 4 * 1_626_058,
      activationsPerSample: 4 * activations,
    });
    expect(estimate.step).toBe(4 * (4 * 1_626_058 + statistics) + 4 * 6 * 64 * activations);
    const compiled = 4 * (6 * (1_626_058 + statistics) + 4 * 1_626_058) + 4 * 1.2 * 64 * activations;
    expect(estimate.compiledStep).toBe(Math.round(compiled));
  });

  it.each([
    ["sgd(rate: 0.1)", 0],
    ["sgd(rate: 0.1, momentum: 0.9)", 1],
    ["adam(rate: 0.1)", 2],
  ])("knows what %s remembers", (optimizer, numbers) => {
    const text = changed(["sgd(rate: 0.1, momentum: 0.9, weight_decay: 1e-4)", optimizer]);
    expect(estimateMemory(programOf(text)).optimizerState).toBe(4 * numbers * 1_626_058);
  });

  it("is within a fifth of what TensorFlow.js holds at the worst moment of a step", async () => {
    const program = programOf(
      changed(["width = 32", "width = 4"], ["batch      64", "batch      8"], [claim, ""]),
    );
    const measured = await peakBytes(program);
    const { step } = estimateMemory(program);
    expect(step / measured).toBeGreaterThan(0.8);
    expect(step / measured).toBeLessThan(1.2);
  });

  it.each(["quickstart", "resnet18", "wrn-52-2", "densenet121"])(
    "is more than the graph of a compiled step holds at its worst moment, and less than 2.2 times that: %s",
    (name) => {
      const program = programOf(readFileSync(join(import.meta.dirname, `../../specs/${name}.lerac`), "utf8"));
      const held = worstMoment(traceTrainStep(program, { batch: program.train.batch }));
      const { compiledStep, parameters, optimizerState } = estimateMemory(program);
      const values = compiledStep - 6 * parameters - 4 * optimizerState;
      expect(values / held).toBeGreaterThan(1);
      expect(values / held).toBeLessThan(2.2);
    },
  );
});

/** Bytes in values between their making and their last use, without states, where they are most. */
function worstMoment({ ops, outputs, states, values }: StepGraph): number {
  const kept = new Set([...outputs.map(({ value }) => value), ...states.flatMap(({ next }) => next ?? [])]);
  const lastUse = new Map(ops.flatMap(({ inputs }, at) => inputs.map((value) => [value, at] as const)));
  const leaving = new Map<number, number>();
  let [held, most] = [0, 0];
  for (const [at, op] of ops.entries()) {
    for (const value of op.outputs) {
      const bytes = 4 * sizeOf(values[value]?.shape ?? []);
      held += bytes;
      const end = kept.has(value) ? ops.length : (lastUse.get(value) ?? at);
      leaving.set(end, (leaving.get(end) ?? 0) + bytes);
    }
    most = Math.max(most, held);
    held -= leaving.get(at) ?? 0;
  }
  return most;
}

/** The largest number of bytes in tensors during a training step, by TensorFlow.js's own count. */
async function peakBytes(program: TrainingProgram): Promise<number> {
  const executor = await loadExecutor(program, { backend: "cpu", seed: 1 });
  const { batch } = program.train;
  const [input] = program.model.inputs;
  if (input === undefined) throw new Error("no input");
  const shape = [batch, ...input.shape];
  const size = shape.reduce((product, extent) => product * extent, 1);
  executor.writePlan(0, [new Float32Array(program.plan.levels.length).fill(0.01)]);
  const library = engine();
  const track = library.trackTensor.bind(library);
  let peak = 0;
  library.trackTensor = (tensor, backend) => {
    track(tensor, backend);
    peak = Math.max(peak, library.state.numBytes);
  };
  try {
    await executor.step({
      size: batch,
      inputs: new Map([[input.name, { shape, values: new Float32Array(size).fill(0.5) }]]),
      labels: new Int32Array(batch),
    });
  } finally {
    library.trackTensor = track;
    executor.dispose();
  }
  return peak;
}

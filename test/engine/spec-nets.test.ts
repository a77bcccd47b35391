import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compile } from "../../src/api/index.js";
import { loadRuntime } from "../../src/engine/executors/onnx/runtime.js";
import { type Batch, type Executor, loadExecutor } from "../../src/engine/index.js";
import type { TrainingProgram } from "../../src/program/types.js";

const specs = join(import.meta.dirname, "../../specs");
const hasOnnx = "runtime" in (await loadRuntime());

function programOf(name: string, arm: string | undefined, batch: number): TrainingProgram {
  const file = join(specs, `${name}.lerac`);
  const { program } = compile(readFileSync(file, "utf8"), { file, ...(arm === undefined ? {} : { arm }) });
  return { ...program, train: { ...program.train, batch, metrics: [] } };
}

/** Noise; labels, or targets like ages. */
function noise({ model, train: { batch: size, loss } }: TrainingProgram): Batch {
  const shape = model.inputs[0]?.shape ?? [];
  const count = shape.reduce((product, extent) => product * extent, size);
  const values = Float32Array.from({ length: count }, (_, i) => Math.sin((i + 1) * 12.9898));
  const inputs = new Map([[model.inputs[0]?.name ?? "", { shape: [size, ...shape], values }]]);
  if (loss.kind === "cross_entropy")
    return { size, inputs, labels: Int32Array.from({ length: size }, (_, i) => i % 5) };
  return {
    size,
    inputs,
    labels: new Int32Array(0),
    targets: Float32Array.from({ length: size }, (_, i) => 20 + 7 * i),
  };
}

/** A step at small rates: its outcome, and how far each tensor that is trained has come. */
async function step(program: TrainingProgram, backend: "onnx" | "wasm") {
  const executor: Executor = await loadExecutor(program, { backend, seed: 1, threads: 2 });
  try {
    const rates = Float32Array.from(program.plan.levels, (_, level) => 0.01 / (level + 1));
    const before = await executor.read();
    executor.writePlan(0, [rates]);
    const { loss, gradNorm, applied } = await executor.step(noise(program));
    expect(applied).toEqual(rates);
    const after = await executor.read();
    const moved = new Map(
      program.plan.levels
        .flatMap(({ tensors }) => tensors)
        .map((address) => {
          const old = before.get(address)?.values ?? new Float32Array();
          return [address, after.get(address)?.values.map((value, i) => value - (old[i] ?? 0))] as const;
        }),
    );
    return { loss, gradNorm, moved };
  } finally {
    executor.dispose();
  }
}

const none = new Float32Array();
const apart = (a: Float32Array, b: Float32Array) =>
  Math.sqrt(a.reduce((sum, value, i) => sum + (value - (b[i] ?? 0)) ** 2, 0));

/** Nets of the paper as their specs have them, of whole depth and width, in a step that is compiled and one that is not. */
describe.runIf(hasOnnx)("the nets of the specs", () => {
  it.each([
    ["quickstart", undefined, 8],
    ["resnet18", "paper", 8],
    ["wrn-52-2", undefined, 8],
    ["utkface-age", "lerac", 2],
    ["densenet121", undefined, 1],
  ] as const)(
    "%s takes the same step on onnxruntime as operation by operation",
    async (name, arm, batch) => {
      const program = programOf(name, arm, batch);
      const [compiled, eager] = [await step(program, "onnx"), await step(program, "wasm")];
      const near = (found: number, expected: number, share: number, what: string) =>
        expect(Math.abs(found - expected), what).toBeLessThan(share * Math.abs(expected));
      near(compiled.loss, eager.loss, 1e-4, "loss");
      // WebAssembly adds up millions of squares in a row, and in so many layers some sum is all but 0: rounding decides then
      // on which side of relu it lies.
      eager.gradNorm.forEach((norm, level) => {
        near(compiled.gradNorm[level] ?? Number.NaN, norm, 1e-2, `level ${level}`);
      });
      // Adam's first step is as long for a gradient that is 0 in truth as for any other.
      if (program.train.optimizer.kind !== "sgd") return;
      for (const [address, expected = none] of eager.moved)
        expect(apart(compiled.moved.get(address) ?? none, expected), address).toBeLessThan(
          2e-2 * apart(expected, none) + 1e-6,
        );
    },
    300_000,
  );
});

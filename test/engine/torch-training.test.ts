import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { type Batch, listBackends, loadExecutor, type NamedTensor } from "../../src/engine/index.js";
import type { TrainingProgram } from "../../src/program/types.js";
import { programOf } from "../harness/program.js";
import { testedLibraries } from "./backends.js";
import { rows } from "./fixtures.js";

/** What `scripts/make-torch-training.py` wrote. */
interface Trained {
  readonly losses: readonly number[];
  readonly tensors: Readonly<
    Record<string, { readonly shape: readonly number[]; readonly data: readonly number[] }>
  >;
}

const packed = readFileSync(join(import.meta.dirname, "torch-training.json.gz"));
const reference = JSON.parse(gunzipSync(packed).toString()) as Record<"plain" | "residual", Trained>;

const input = [12, 12, 2];
const nets: Readonly<Record<"plain" | "residual", TrainingProgram>> = {
  plain: programOf({
    input,
    layers: [
      { operator: "conv2d", address: "a", args: { filters: 16, size: 3 } },
      { operator: "batch_norm", address: "n" },
      { operator: "relu" },
      { operator: "max_pool", args: { size: 2 } },
      { operator: "conv2d", address: "b", args: { filters: 16, size: 3 } },
      { operator: "relu" },
      { operator: "flatten" },
      { operator: "dense", address: "head", args: { units: 4 } },
    ],
    optimizer: { kind: "sgd", rate: 0.1, momentum: 0.9, nesterov: false, weightDecay: 1e-3 },
  }),
  residual: programOf({
    input,
    layers: [
      { operator: "conv2d", address: "a", args: { filters: 16, size: 3 } },
      { operator: "relu", address: "r" },
      { operator: "conv2d", address: "b", args: { filters: 16, size: 3 } },
      { operator: "add", address: "sum", inputs: ["r", "b"] },
      { operator: "conv2d", address: "c", args: { filters: 32, size: 3, stride: 2, padding: 1 } },
      { operator: "silu" },
      { operator: "global_avg_pool" },
      { operator: "dense", address: "head", args: { units: 4 } },
    ],
    optimizer: { kind: "adam", rate: 0.1, beta1: 0.9, beta2: 0.99, eps: 1e-3, weightDecay: 0 },
  }),
};

/** The formula of the script: sin at the places of a tensor. */
function wave(size: number, seed: number, scale: number): Float32Array {
  return Float32Array.from({ length: size }, (_, i) => scale * Math.sin((i + 1) * 12.9898 + seed));
}

function batchOf(step: number): Batch {
  const values = wave(8 * 288, step, 1);
  const labels = Int32Array.from({ length: 8 }, (_, i) => (i * 7 + step) % 4);
  return { size: 8, inputs: new Map([["image", { shape: [8, ...input], values }]]), labels };
}

const available = (await listBackends()).filter((row) => row.available).map(({ name }) => name);
const backends = ["onnx", "wasm", ...testedLibraries.filter((name) => name === "tensorflow")] as const;

describe.each(backends)("20 steps on %s end as those of PyTorch", (backend) => {
  it.runIf(available.includes(backend)).each(["plain", "residual"] as const)("%s", async (name) => {
    const { losses, tensors } = reference[name];
    const executor = await loadExecutor(nets[name], { backend, seed: 1 });
    const first = Object.entries(tensors).map(([address, { shape, data }], seed): [string, NamedTensor] => [
      address,
      { shape, values: wave(data.length, seed, 0.1) },
    ]);
    await executor.write(new Map(first));
    executor.writePlan(0, rows(losses.length, ...[1, 2, 3, 4].map((level) => 0.05 / level)));
    for (const [step, loss] of losses.entries())
      expect(Math.abs((await executor.step(batchOf(step))).loss - loss), `loss of step ${step}`).toBeLessThan(
        1e-4,
      );
    const read = await executor.read();
    executor.dispose();
    for (const [address, { shape, data }] of Object.entries(tensors)) {
      expect(read.get(address)?.shape).toEqual(shape);
      const values = read.get(address)?.values ?? [];
      const worst = data.reduce(
        (most, right, i) => Math.max(most, Math.abs(right - (values[i] ?? Number.NaN))),
        0,
      );
      expect(worst, address).toBeLessThan(1e-4);
    }
  });
});

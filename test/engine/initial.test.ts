import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { drawFirstWeights } from "../../src/engine/first-weights.js";
import { initialValues } from "../../src/engine/initial.js";
import type { InitProgram, TensorProgram, TrainingProgram } from "../../src/program/types.js";

const values = (init: InitProgram) =>
  initialValues({ address: "a.weight", shape: [200, 200], trainable: true, init }, 1);

function spread(numbers: Float32Array): { mean: number; std: number; largest: number } {
  const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
  const variance = numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / numbers.length;
  return { mean, std: Math.sqrt(variance), largest: Math.max(...numbers.map(Math.abs)) };
}

const root = join(import.meta.dirname, "../..");

describe("first values", () => {
  it("a truncated normal ends at two standard deviations and keeps its shape inside", () => {
    const { mean, std, largest } = spread(values({ kind: "truncated_normal", std: 0.02 }));
    expect(largest).toBeLessThanOrEqual(Math.fround(0.04));
    expect(Math.abs(mean)).toBeLessThan(4e-4);
    // The standard deviation of a standard normal number between −2 and 2 is 0.8796.
    expect(std / 0.02).toBeCloseTo(0.8796, 2);
  });

  it("a normal has no end there", () => {
    const { std, largest } = spread(values({ kind: "normal", std: 0.02 }));
    expect(largest).toBeGreaterThan(0.06);
    expect(std / 0.02).toBeCloseTo(1, 1);
  });

  it("uniform values fill their range evenly", () => {
    const { std, largest } = spread(values({ kind: "uniform", limit: 0.3 }));
    expect(largest).toBeLessThanOrEqual(Math.fround(0.3));
    expect(std / (0.3 / Math.sqrt(3))).toBeCloseTo(1, 1);
  });

  it("that are no numbers are refused before they are drawn", () => {
    expect(() => values({ kind: "normal", std: 1e38 })).toThrow(/not finite/);
    expect(() => values({ kind: "uniform", limit: Number.NaN })).toThrow(/not finite/);
  });

  it.each(["dist/src/engine", "dist/bundle"])("are the same from the thread in %s", async (folder) => {
    const tensors: TensorProgram[] = (["normal", "truncated_normal"] as const).map((kind) => ({
      address: `${kind}.weight`,
      shape: [3, 1001],
      trainable: true,
      init: { kind, std: 0.1 },
    }));
    const entry = join(root, folder, "first-weights-thread.js");
    expect(existsSync(entry)).toBe(true);
    const begun = new Int32Array(new SharedArrayBuffer(4));
    const thread = new Worker(entry, { workerData: { tensors, seed: 3, begun } });
    const drawn = await new Promise((resolve, reject) => {
      thread.once("message", resolve);
      thread.once("error", reject);
    });
    expect(drawn).toEqual(new Map(tensors.map((tensor) => [tensor.address, initialValues(tensor, 3)])));
  });

  it("of a large model are drawn by two, each tensor once, and by one where the other fails", async () => {
    const tensors: TensorProgram[] = Array.from({ length: 12 }, (_, i) => ({
      address: `layer${i}.weight`,
      shape: [1000, 100 + 10 * i],
      trainable: true,
      init: { kind: "normal", std: 0.1 },
    }));
    const layer = { address: "all", operator: "dense", inputs: [], attributes: {}, tensors };
    const model = { layers: [layer] } as unknown as TrainingProgram["model"];
    const bits = (values: Float32Array) => createHash("sha256").update(values).digest("hex");
    const sorted = (all: Iterable<readonly [string, Float32Array]>) =>
      [...all].map(([address, values]) => `${address} ${bits(values)}`).sort();
    const expected = sorted(tensors.map((tensor) => [tensor.address, initialValues(tensor, 5)] as const));
    const failing = join(root, "test/engine/failing-thread.mjs");
    for (const entry of [join(root, "dist/src/engine/first-weights-thread.js"), failing]) {
      expect(sorted(await drawFirstWeights({ model }, 5, entry)())).toEqual(expected);
    }
  });
});

import { afterEach } from "vitest";
import { type Batch, type Executor, loadExecutor } from "../../src/engine/index.js";
import type { Library } from "../../src/engine/libraries.js";
import type { TrainingProgram } from "../../src/program/types.js";
import { randomValues } from "../harness/numeric.js";
import { type LayerSketch, plainSgd, programOf } from "../harness/program.js";

const live: Executor[] = [];
afterEach(() => {
  for (const executor of live.splice(0)) executor.dispose();
});

/** An executor that is disposed of after the test. */
export async function load(program: TrainingProgram, backend: Library | "auto", seed = 1): Promise<Executor> {
  const executor = await loadExecutor(program, { backend, seed });
  live.push(executor);
  return executor;
}

/** Random images with labels that go round. */
export function batchOf(shape: readonly number[], size: number, classes: number, seed: number): Batch {
  const values = Float32Array.from(randomValues([size, ...shape], seed).data);
  const labels = Int32Array.from({ length: size }, (_, i) => (i * 7 + seed) % classes);
  return { size, inputs: new Map([["image", { shape: [size, ...shape], values }]]), labels };
}

/** So many equal rows of a rate plan. */
export const rows = (count: number, ...rates: number[]) =>
  Array.from({ length: count }, () => Float32Array.from(rates));

export const layers: readonly LayerSketch[] = [
  { operator: "conv2d", args: { filters: 3, size: 3 } },
  { operator: "batch_norm" },
  { operator: "relu" },
  { operator: "max_pool", args: { size: 2 } },
  { operator: "flatten" },
  { operator: "dense", args: { units: 6 } },
  { operator: "dropout", args: { rate: 0.3 } },
  { operator: "dense", args: { units: 4 } },
];
export const input = [6, 6, 2];
const momentum = { ...plainSgd, momentum: 0.9, weightDecay: 1e-3 };
/** A little of everything: four levels of two tensors each. */
export const net = programOf({ input, layers, optimizer: momentum });

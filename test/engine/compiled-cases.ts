import { expect } from "vitest";
import type { Batch, Executor } from "../../src/engine/index.js";
import type { LossProgram, OptimizerProgram, TrainingProgram } from "../../src/program/types.js";
import { type LayerSketch, plainSgd, programOf } from "../harness/program.js";
import { batchOf, input, layers } from "./fixtures.js";

const momentum = { kind: "sgd", rate: 0.1, momentum: 0.9, nesterov: false, weightDecay: 1e-3 } as const;
const adam = { rate: 0.1, beta1: 0.9, beta2: 0.99, eps: 1e-3, weightDecay: 0.01 } as const;

function net(
  sketch: readonly LayerSketch[],
  optimizer: OptimizerProgram = momentum,
  loss?: LossProgram,
): TrainingProgram {
  const metrics = loss === undefined || isOfClasses(loss) ? {} : { metrics: [] };
  return programOf({ input, layers: sketch, optimizer, ...metrics, ...(loss === undefined ? {} : { loss }) });
}

function isOfClasses({ kind }: LossProgram): boolean {
  return kind === "cross_entropy" || kind === "bce";
}

/** A batch with classes, or with numbers where the loss compares with such. */
function batchFor({ train: { loss } }: TrainingProgram, size: number, seed: number): Batch {
  const batch = batchOf(input, size, 4, seed);
  if (isOfClasses(loss)) return batch;
  const targets = Float32Array.from({ length: 4 * size }, (_, i) => Math.sin(i + seed));
  return { ...batch, labels: new Int32Array(0), targets };
}

function clipped(clip: NonNullable<TrainingProgram["train"]["clip"]>): TrainingProgram {
  const program = net(layers.slice(3), plainSgd);
  return { ...program, train: { ...program.train, clip } };
}

const curves: readonly LayerSketch[] = [
  { operator: "flatten" },
  ...["elu", "gelu", "quick_gelu", "hard_swish", "sigmoid"].flatMap((operator): LayerSketch[] => [
    { operator: "dense", args: { units: 6 } },
    { operator },
  ]),
  { operator: "dense", args: { units: 4 } },
];

/** Nets that every executor of compiled steps has to train as the eager one does. */
export const compiledCases: readonly (readonly [string, TrainingProgram])[] = [
  ["a little of everything", net(layers)],
  [
    "strides, dilation, padding and means",
    net([
      { operator: "conv2d", args: { filters: 4, size: 3, stride: 2, padding: 1 } },
      { operator: "silu" },
      { operator: "conv2d", args: { filters: 3, size: 2, dilation: 2, padding: 2, bias: false } },
      { operator: "leaky_relu" },
      { operator: "avg_pool", args: { size: 2, stride: 1, padding: 1 } },
      { operator: "conv2d", args: { filters: 3, size: 1, stride: 2, padding: 0 } },
      { operator: "tanh" },
      { operator: "flatten" },
      { operator: "dense", args: { units: 4 } },
    ]),
  ],
  [
    "overlapping maxima and a residual",
    net([
      { operator: "conv2d", address: "a", args: { filters: 3, size: 3 } },
      { operator: "relu", address: "r", inputs: ["a"] },
      { operator: "conv2d", address: "b", inputs: ["r"], args: { filters: 3, size: 3 } },
      { operator: "add", address: "sum", inputs: ["r", "b"] },
      { operator: "max_pool", address: "pool", inputs: ["sum"], args: { size: 3, stride: 2, padding: 1 } },
      { operator: "drop_path", args: { rate: 0.4 } },
      { operator: "global_avg_pool" },
      { operator: "dense", args: { units: 4 } },
    ]),
  ],
  [
    "channels in blocks",
    net([
      { operator: "conv2d", address: "stem", args: { filters: 16, size: 3 } },
      { operator: "batch_norm", address: "bn" },
      { operator: "relu", address: "r" },
      { operator: "conv2d", address: "a", inputs: ["r"], args: { filters: 16, size: 3, bias: false } },
      { operator: "batch_norm", address: "bn2" },
      { operator: "drop_path", address: "path", inputs: ["bn2"], args: { rate: 0.4 } },
      { operator: "add", address: "sum", inputs: ["r", "path"] },
      { operator: "max_pool", args: { size: 2 } },
      { operator: "conv2d", args: { filters: 32, size: 3, stride: 2, padding: 1 } },
      { operator: "silu" },
      { operator: "conv2d", args: { filters: 32, size: 3 } },
      { operator: "max_pool", args: { size: 2, stride: 1, padding: 1 } },
      { operator: "avg_pool", args: { size: 2, stride: 1, padding: 1 } },
      { operator: "conv2d", args: { filters: 64, size: 1 } },
      { operator: "global_avg_pool" },
      { operator: "dense", args: { units: 4 } },
    ]),
  ],
  [
    "kernels that outweigh their images",
    net([
      { operator: "conv2d", args: { filters: 64, size: 3, stride: 3 } },
      { operator: "batch_norm" },
      { operator: "relu" },
      { operator: "conv2d", args: { filters: 64, size: 3 } },
      { operator: "relu" },
      { operator: "conv2d", args: { filters: 48, size: 3, stride: 2, padding: 1, bias: false } },
      { operator: "flatten" },
      { operator: "dense", args: { units: 4 } },
    ]),
  ],
  [
    "convolutions in groups",
    net([
      { operator: "conv2d", args: { filters: 6, size: 3 } },
      { operator: "conv2d", args: { filters: 9, size: 3, groups: 3 } },
      { operator: "relu" },
      { operator: "conv2d", args: { filters: 9, size: 3, groups: 9, stride: 2, padding: 1 } },
      { operator: "flatten" },
      { operator: "dense", args: { units: 4 } },
    ]),
  ],
  [
    "joined, multiplied, padded and cut streams",
    net([
      { operator: "conv2d", address: "a", args: { filters: 16, size: 3 } },
      { operator: "conv2d", address: "b", inputs: ["a"], args: { filters: 16, size: 3 } },
      { operator: "sigmoid", address: "gate", inputs: ["b"] },
      { operator: "multiply", address: "gated", inputs: ["a", "gate"] },
      { operator: "concat", address: "both", inputs: ["a", "gated"] },
      { operator: "pad", address: "padded", inputs: ["both"], args: { before: 1, after: 1, axis: null } },
      { operator: "conv2d", address: "c", inputs: ["padded"], args: { filters: 16, size: 3, padding: 0 } },
      { operator: "global_avg_pool", address: "means", inputs: ["c"] },
      { operator: "dense", args: { units: 4 } },
    ]),
  ],
  [
    "normalised rows and groups, prelu",
    net([
      { operator: "conv2d", args: { filters: 6, size: 3 } },
      { operator: "group_norm", args: { groups: 2 } },
      { operator: "prelu" },
      { operator: "layer_norm" },
      { operator: "flatten" },
      { operator: "dense", args: { units: 6 } },
      { operator: "rms_norm" },
      { operator: "dense", args: { units: 4 } },
    ]),
  ],
  [
    "a transposed convolution and the maximum of all",
    net([
      { operator: "conv2d", args: { filters: 16, size: 3, stride: 2, padding: 1 } },
      { operator: "conv_transpose2d", args: { filters: 16, size: 4, stride: 2, padding: 1 } },
      { operator: "silu" },
      { operator: "global_max_pool" },
      { operator: "dense", args: { units: 4 } },
    ]),
  ],
  [
    "convolutions along one axis",
    net([
      { operator: "reshape", args: { sizes: [18, 4] } },
      { operator: "conv1d", args: { filters: 16, size: 3, stride: 2, padding: 1 } },
      { operator: "relu" },
      { operator: "conv1d", args: { filters: 16, size: 3, dilation: 2, bias: false } },
      { operator: "flatten" },
      { operator: "dense", args: { units: 4 } },
    ]),
  ],
  [
    "means of an image that is not square",
    net([
      { operator: "reshape", args: { sizes: [9, 4, 2] } },
      { operator: "conv2d", args: { filters: 16, size: 3 } },
      { operator: "relu" },
      { operator: "global_avg_pool" },
      { operator: "dense", args: { units: 4 } },
    ]),
  ],
  ["adamax", net(layers.slice(3), { kind: "adamax", ...adam })],
  ["binary cross-entropy", net(layers.slice(4), momentum, { kind: "bce" })],
  ["squared errors", net(layers.slice(4), momentum, { kind: "mse" })],
  ["absolute errors", net(layers.slice(4), momentum, { kind: "mae" })],
  ["huber", net(layers.slice(4), momentum, { kind: "huber", delta: 0.5 })],
  ["smooth_l1", net(layers.slice(4), momentum, { kind: "smooth_l1", beta: 0.5 })],
  ["adam", net(layers.slice(3), { kind: "adam", ...adam })],
  ["adamw and curves", net(curves, { kind: "adamw", ...adam })],
  ["nesterov", net(layers.slice(4), { ...momentum, nesterov: true })],
  ["plain sgd, clipped by norm", clipped({ kind: "norm", limit: 0.5 })],
  ["plain sgd, clipped by value", clipped({ kind: "value", limit: 0.01 })],
  [
    "class weights and smoothing",
    net(layers.slice(4), momentum, { kind: "cross_entropy", smoothing: 0.1, weights: [1, 2, 0.5, 3] }),
  ],
];

/** Rates of a curriculum: each level at its own, all of them moving; level 1 stands still for two steps. */
export function movingRates(levels: number, steps: number): Float32Array[] {
  return Array.from({ length: steps }, (_, step) =>
    Float32Array.from({ length: levels }, (_, level) =>
      level === 1 && (step === 3 || step === 4) ? 0 : 0.05 / (1 + level) / (1 + 0.1 * step),
    ),
  );
}

/**
 * Trains both for so many steps, every fifth on a smaller batch, and expects the same: losses, rates, norms, metrics,
 * and at the end all tensors and an evaluation.
 *
 * @param tolerance of numbers around 1, and of a tensor relative to its largest number
 */
export async function expectSameTraining(
  program: TrainingProgram,
  [eager, compiled]: readonly [Executor, Executor],
  { steps, tolerance }: { readonly steps: number; readonly tolerance: number },
): Promise<void> {
  const rates = movingRates(program.plan.levels.length, steps);
  for (const executor of [eager, compiled]) executor.writePlan(0, rates);
  for (let step = 0; step < steps; step++) {
    const batch = batchFor(program, step % 5 === 4 ? 3 : 8, step);
    const [a, b] = [await eager.step(batch), await compiled.step(batch)];
    const at = `step ${step}`;
    expect(Math.abs(b.loss - a.loss), `${at}: loss ${a.loss} and ${b.loss}`).toBeLessThan(tolerance);
    expect(new Uint32Array(b.applied.buffer), `${at}: rates`).toEqual(
      new Uint32Array(rates[step]?.buffer ?? new ArrayBuffer(0)),
    );
    expectNear(b.gradNorm, a.gradNorm, tolerance, `${at}: norms of gradients`);
    expectNear(b.updateRatio, a.updateRatio, tolerance, `${at}: updates`);
    expect(b.metricSums).toEqual(a.metricSums);
  }
  expect(compiled.stepsDone).toBe(steps);
  const [a, b] = [await eager.read(), await compiled.read()];
  expect([...b.keys()].sort()).toEqual([...a.keys()].sort());
  for (const [name, { shape, values }] of a) {
    expect(b.get(name)?.shape).toEqual(shape);
    expectNear(b.get(name)?.values ?? new Float32Array(), values, tolerance, name);
  }
  const batch = batchFor(program, 5, 99);
  expectNear(await compiled.predict(batch), await eager.predict(batch), 10 * tolerance, "outputs");
  const [x, y] = [await eager.evaluate(batch), await compiled.evaluate(batch)];
  expect(Math.abs(y.lossSum - x.lossSum)).toBeLessThan(50 * tolerance);
  expect({ ...y, lossSum: 0 }).toEqual({ ...x, lossSum: 0 });
}

function expectNear(found: Float32Array, right: Float32Array, tolerance: number, what: string): void {
  expect(found.length, what).toBe(right.length);
  const scale = right.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  const worst = right.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - (found[i] ?? Number.NaN))),
    0,
  );
  expect(worst / scale, `${what}: largest difference, of numbers up to ${scale}`).toBeLessThanOrEqual(
    tolerance,
  );
}

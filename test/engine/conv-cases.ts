import { expect } from "vitest";
import { Interpreter } from "../../src/engine/executors/compiled/interpreter.js";
import type { GraphRunner, Numbers } from "../../src/engine/executors/compiled/runner.js";
import { faultsOf } from "../../src/engine/graph/check.js";
import { type Attributes, type StepGraph, sizeOf } from "../../src/engine/graph/types.js";
import { kinds } from "../../src/engine/kinds/index.js";

/** A convolution: sizes of an image and a kernel, and how that slides. */
export interface ConvCase {
  readonly batch: number;
  readonly size: readonly [number, number];
  readonly channels: number;
  readonly filters: number;
  readonly taps: readonly [number, number];
  readonly stride?: readonly [number, number];
  readonly padding?: readonly [number, number];
  readonly dilation?: readonly [number, number];
  readonly groups?: number;
}

export const convCases: readonly ConvCase[] = [
  { batch: 3, size: [7, 5], channels: 16, filters: 32, taps: [3, 3], padding: [1, 1] },
  { batch: 3, size: [7, 5], channels: 3, filters: 32, taps: [3, 2], padding: [1, 0] },
  { batch: 2, size: [9, 8], channels: 32, filters: 16, taps: [3, 3], stride: [2, 2], padding: [1, 1] },
  { batch: 2, size: [9, 8], channels: 32, filters: 16, taps: [1, 1], stride: [2, 2] },
  { batch: 2, size: [8, 11], channels: 16, filters: 16, taps: [3, 2], dilation: [2, 3], padding: [3, 2] },
  { batch: 2, size: [8, 11], channels: 16, filters: 16, taps: [2, 2], stride: [3, 4] },
  { batch: 1, size: [3, 2], channels: 80, filters: 96, taps: [3, 3], padding: [1, 1] },
  { batch: 1, size: [5, 4], channels: 80, filters: 96, taps: [3, 3], stride: [2, 2], padding: [1, 1] },
  { batch: 12, size: [32, 32], channels: 64, filters: 16, taps: [3, 3], padding: [1, 1] },
  { batch: 12, size: [36, 32], channels: 60, filters: 6, taps: [3, 3], dilation: [2, 1] },
  // Whole blocks of samples: gradients of kernels are convolutions over them.
  { batch: 16, size: [9, 7], channels: 3, filters: 16, taps: [3, 3], padding: [1, 1] },
  { batch: 16, size: [8, 9], channels: 20, filters: 32, taps: [3, 3], stride: [2, 2], padding: [1, 1] },
  { batch: 32, size: [10, 9], channels: 16, filters: 16, taps: [2, 3], stride: [3, 2] },
  { batch: 16, size: [9, 12], channels: 8, filters: 48, taps: [3, 4], dilation: [2, 3], padding: [3, 4] },
  { batch: 8, size: [10, 9], channels: 64, filters: 16, taps: [3, 2], dilation: [2, 1], padding: [1, 0] },
  // Channels that are a multiple of 3 and not of 4, into filters that are one of 4.
  { batch: 3, size: [6, 7], channels: 9, filters: 12, taps: [3, 3], padding: [1, 1] },
  { batch: 2, size: [5, 6], channels: 20, filters: 18, taps: [2, 3], padding: [0, 1] },
  { batch: 16, size: [1, 40], channels: 6, filters: 16, taps: [1, 5], stride: [1, 2], padding: [0, 2] },
  { batch: 2, size: [9, 8], channels: 128, filters: 16, taps: [1, 1], stride: [2, 2] },
  { batch: 2, size: [6, 5], channels: 128, filters: 7, taps: [1, 1], padding: [1, 0] },
  {
    batch: 2,
    size: [11, 10],
    channels: 64,
    filters: 8,
    taps: [3, 2],
    stride: [3, 2],
    dilation: [2, 3],
    padding: [2, 1],
  },
  { batch: 3, size: [7, 6], channels: 8, filters: 12, taps: [3, 3], padding: [1, 1], groups: 4 },
  {
    batch: 3,
    size: [7, 6],
    channels: 5,
    filters: 5,
    taps: [3, 3],
    stride: [2, 2],
    padding: [1, 1],
    groups: 5,
  },
  {
    batch: 2,
    size: [9, 9],
    channels: 16,
    filters: 16,
    taps: [5, 2],
    dilation: [1, 2],
    padding: [2, 1],
    groups: 16,
  },
];

/** A graph of one operation. */
function single(kind: string, shapes: readonly (readonly number[])[], attributes: Attributes): StepGraph {
  const given = shapes.map((shape) => ({ dtype: "float32", shape }) as const);
  const made = kinds.get(kind)?.infer(given, attributes) ?? [];
  const inputs = shapes.map((_, value) => ({ name: `x${value}`, value }));
  const outputs = made.map((_, i) => ({ name: `y${i}`, value: shapes.length + i }));
  const [ins, outs] = [inputs, outputs].map((all) => all.map(({ value }) => value)) as [number[], number[]];
  return {
    name: "train",
    batch: 1,
    columns: [],
    values: [...given, ...made],
    states: [],
    inputs,
    constants: [],
    ops: [{ kind, inputs: ins, attributes, outputs: outs, at: "", part: "forward" }],
    outputs,
  };
}

function numbers(shape: readonly number[], seed: number): Float32Array {
  return Float32Array.from({ length: sizeOf(shape) }, (_, i) => Math.sin((i + 1) * 12.9898 + seed * 78.233));
}

/** The graphs of a convolution, and of its two gradients. */
export function convGraphs(one: ConvCase): StepGraph[] {
  const { batch, size, channels, filters, taps, groups = 1 } = one;
  const { stride = [1, 1], padding = [0, 0], dilation = [1, 1] } = one;
  const sliding = { stride, padding, dilation, groups };
  const [x, kernel] = [
    [batch, ...size, channels],
    [...taps, channels / groups, filters],
  ];
  const y = kinds.get("lerac.Conv2d")?.infer(
    [x, kernel].map((shape) => ({ dtype: "float32", shape })),
    sliding,
  );
  const dy = y?.[0]?.shape ?? [];
  return [
    single("lerac.Conv2d", [x, kernel, [filters]], sliding),
    single("lerac.Conv2dInputGrad", [dy, kernel], { ...sliding, size }),
    single("lerac.Conv2dFilterGrad", [dy, x, kernel], sliding),
  ];
}

/** Runs a graph and its reference; sums of so many terms may differ by rounding, relative to the largest number. */
export async function expectReference(
  graph: StepGraph,
  open: (graph: StepGraph) => Promise<GraphRunner>,
): Promise<void> {
  expect(faultsOf(graph)).toEqual([]);
  const shapeOf = (value: number) => graph.values[value]?.shape ?? [];
  const feeds = new Map<string, Numbers>(
    graph.inputs.map(({ name, value }) => [name, numbers(shapeOf(value), value)]),
  );
  const results = () =>
    new Map<string, Numbers>(
      graph.outputs.map(({ name, value }) => [name, new Float32Array(sizeOf(shapeOf(value)))]),
    );
  const [right, found] = [results(), results()];
  await new Interpreter(graph, "wasm").run(feeds, right);
  const runner = await open(graph);
  await runner.run(feeds, found);
  await runner.dispose();
  for (const [name, expected] of right) {
    const values = found.get(name) ?? new Float32Array();
    const all = [...expected];
    const scale = all.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    const worst = all.reduce(
      (most, value, i) => Math.max(most, Math.abs(value - (values[i] ?? Number.NaN))),
      0,
    );
    expect(worst / scale, `${graph.ops[0]?.kind} ${name}`).toBeLessThan(1e-5);
  }
}

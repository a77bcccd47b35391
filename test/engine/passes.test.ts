import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Interpreter } from "../../src/engine/executors/compiled/interpreter.js";
import type { Numbers } from "../../src/engine/executors/compiled/runner.js";
import { nextName } from "../../src/engine/executors/compiled/runner.js";
import { numbersOf } from "../../src/engine/executors/compiled/state.js";
import { onnxPasses } from "../../src/engine/executors/onnx/model.js";
import { faultsOf } from "../../src/engine/graph/check.js";
import { type StepGraph, sizeOf } from "../../src/engine/graph/types.js";
import { loadLibrary } from "../../src/engine/libraries.js";
import { optimised } from "../../src/engine/passes/index.js";
import { traceTrainStep } from "../../src/engine/step/trace.js";
import type { OptimizerProgram } from "../../src/program/types.js";
import { type LayerSketch, programOf } from "../harness/program.js";

await loadLibrary("cpu");

/** Layers that passes may meet in any order; all keep a 4-dimensional image. */
const layer: fc.Arbitrary<LayerSketch> = fc.oneof(
  fc.record({
    operator: fc.constant("conv2d"),
    args: fc.record({ filters: fc.integer({ min: 1, max: 3 }), size: fc.constant(3) }),
  }),
  fc.constant({ operator: "relu" }),
  fc.constant({ operator: "batch_norm" }),
  fc.record({
    operator: fc.constant("max_pool"),
    args: fc.constantFrom(
      { size: 2, stride: 1, padding: 0 },
      { size: 3, stride: 2, padding: 1 },
      { size: 2, stride: 2, padding: 0 },
    ),
  }),
);

/** Often enough together for passes to be put to the test. */
const pair = fc.constant<readonly LayerSketch[]>([
  { operator: "relu" },
  { operator: "max_pool", args: { size: 2, stride: 1, padding: 0 } },
]);

const graphs = fc.array(fc.oneof(layer, pair), { minLength: 1, maxLength: 5 }).map((parts) =>
  traceTrainStep(
    programOf({
      input: [9, 8, 2],
      layers: [
        { operator: "conv2d", args: { filters: 2, size: 3 } },
        ...parts.flat(),
        { operator: "flatten" },
        { operator: "dense", args: { units: 3 } },
      ],
    }),
    { batch: 2 },
  ),
);

/** Everything that a graph gives for made-up numbers, by name. */
async function given(graph: StepGraph): Promise<Map<string, Numbers>> {
  const typeOf = (value: number) => graph.values[value] ?? { dtype: "float32", shape: [] };
  const feeds = new Map<string, Numbers>();
  for (const { name, value } of [...graph.states, ...graph.inputs]) {
    const { dtype, shape } = typeOf(value);
    const numbers = numbersOf(dtype, sizeOf(shape));
    // Few different numbers, so that maxima are often tied.
    if (dtype === "float32")
      numbers.set(Float32Array.from(numbers, (_, i) => Math.round(2 * Math.sin(i * 12.9898 + value)) / 4));
    feeds.set(name, numbers);
  }
  const wanted = [
    ...graph.outputs,
    ...graph.states.flatMap(({ name, next }) =>
      next === undefined ? [] : [{ name: nextName(name), value: next }],
    ),
  ];
  const results = new Map<string, Numbers>(
    wanted.map(({ name, value }) => [name, numbersOf(typeOf(value).dtype, sizeOf(typeOf(value).shape))]),
  );
  await new Interpreter(graph, "cpu").run(feeds, results);
  return results;
}

describe("passes over graphs", () => {
  it("give sound graphs and the same numbers, bit for bit", async () => {
    let changed = 0;
    await fc.assert(
      fc.asyncProperty(graphs, async (graph) => {
        const after = optimised(graph);
        if (JSON.stringify(after.ops) !== JSON.stringify(graph.ops)) changed++;
        expect(faultsOf(after)).toEqual([]);
        expect(await given(after)).toEqual(await given(graph));
      }),
      { numRuns: 60, seed: 7 },
    );
    expect(changed).toBeGreaterThan(10);
  });

  it("put small updates together: new values bit for bit, sums of squares in another order", async () => {
    let packed = 0;
    await fc.assert(
      fc.asyncProperty(graphs, async (graph) => {
        const after = optimised(graph, onnxPasses);
        expect(faultsOf(after)).toEqual([]);
        const updates = (ops: StepGraph["ops"]) =>
          ops.filter(({ kind }) => kind.endsWith("Update") && kind.startsWith("lerac.")).length;
        if (updates(after.ops) < updates(graph.ops)) packed++;
        const [found, expected] = [await given(after), await given(graph)];
        const [squares, others] = [found.get("squares"), expected.get("squares")];
        for (const results of [found, expected]) results.delete("squares");
        expect(found).toEqual(expected);
        others?.forEach((sum, i) => {
          expect(Math.abs((squares?.[i] ?? Number.NaN) - sum)).toBeLessThanOrEqual(1e-5 * sum);
        });
      }),
      { numRuns: 60, seed: 7 },
    );
    expect(packed).toBeGreaterThan(50);
  });

  const moments = { rate: 0.01, beta1: 0.9, beta2: 0.999, eps: 1e-8, weightDecay: 0.01 };
  it.each<readonly [OptimizerProgram["kind"], OptimizerProgram]>([
    ["sgd", { kind: "sgd", rate: 0.1, momentum: 0.9, nesterov: true, weightDecay: 0.01 }],
    ["adamw", { kind: "adamw", ...moments }],
    ["adamax", { kind: "adamax", ...moments }],
  ])("put small updates of %s together, one a level", (_, optimizer) => {
    const layers: LayerSketch[] = [
      { operator: "conv2d", args: { filters: 4, size: 3 } },
      { operator: "batch_norm" },
      { operator: "flatten" },
      { operator: "dense", args: { units: 200 } },
    ];
    const graph = traceTrainStep(programOf({ input: [9, 9, 2], layers, optimizer }), { batch: 2 });
    const after = optimised(graph, onnxPasses);
    expect(faultsOf(after)).toEqual([]);
    const named = (graph: StepGraph) =>
      graph.ops.filter(({ kind }) => /^lerac\..*Update$/.test(kind)).map(({ outputs }) => outputs[0]);
    // The kernel and bias, weight and bias of the normalisation; the dense kernel of 64,800 numbers is not small.
    expect([named(graph).length, named(after).length]).toEqual([6, 4]);
  });

  it("are found out where they give a tensor what belongs to another", () => {
    const layers: LayerSketch[] = [
      { operator: "conv2d", args: { filters: 2, size: 1, bias: false } },
      { operator: "batch_norm" },
      { operator: "flatten" },
      { operator: "dense", args: { units: 2 } },
    ];
    const after = optimised(
      traceTrainStep(programOf({ input: [2, 2, 1], layers }), { batch: 2 }),
      onnxPasses,
    );
    // Weight and bias of the normalisation are alike in all but what they are.
    const swapped = after.ops.map((op) =>
      op.kind === "lerac.Split" ? { ...op, outputs: op.outputs.toReversed() } : op,
    );
    expect(faultsOf({ ...after, ops: swapped }).join()).toContain("starts from another tensor");
  });

  it("let gradients through the maxima before they are spread", () => {
    const layers = ["conv2d", "relu", "max_pool", "flatten", "dense"].map(
      (operator): LayerSketch => ({
        operator,
        args: { conv2d: { filters: 2, size: 3 }, max_pool: { size: 2 }, dense: { units: 2 } }[operator] ?? {},
      }),
    );
    const backward = optimised(traceTrainStep(programOf({ input: [4, 4, 1], layers }), { batch: 2 }))
      .ops.map(({ kind }) => kind)
      .filter((kind) => kind === "lerac.ReluGrad" || kind === "lerac.MaxPoolGrad");
    expect(backward).toEqual(["lerac.ReluGrad", "lerac.MaxPoolGrad"]);
  });
});

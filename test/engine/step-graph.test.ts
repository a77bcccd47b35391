import { readFileSync } from "node:fs";
import { join } from "node:path";
import { memory } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { compile, fileLoader } from "../../src/check/index.js";
import { SourceFile } from "../../src/diagnostics/index.js";
import { faultsOf } from "../../src/engine/graph/check.js";
import { hashGraph } from "../../src/engine/graph/hash.js";
import { printGraph } from "../../src/engine/graph/print.js";
import type { StepGraph } from "../../src/engine/graph/types.js";
import { traceEvaluation, traceTrainStep } from "../../src/engine/step/trace.js";
import { expectGoldenFile } from "../harness/golden.js";
import { programOf } from "../harness/program.js";
import { net } from "./fixtures.js";

const train = traceTrainStep(net, { batch: 5 });

function expectGolden(name: string, graph: StepGraph): void {
  const file = join(import.meta.dirname, "../golden/step-graph", name);
  expectGoldenFile(file, printGraph(graph), "npx vitest run test/engine/step-graph.test.ts");
}

/** The graph with one operation changed. */
function withOp(graph: StepGraph, kind: string, change: (op: StepGraph["ops"][number]) => object): StepGraph {
  const index = graph.ops.findIndex((op) => op.kind === kind);
  expect(index, `an operation of the kind ${kind}`).toBeGreaterThanOrEqual(0);
  return { ...graph, ops: graph.ops.map((op, i) => (i === index ? { ...op, ...change(op) } : op)) };
}

describe("the graph of a training step", () => {
  it("reads as its text", () => {
    const program = programOf({
      input: [2],
      layers: [
        { operator: "dense", address: "hidden", args: { units: 3 } },
        { operator: "relu" },
        { operator: "dropout", address: "drop", args: { rate: 0.25 } },
        { operator: "dense", address: "head", args: { units: 2, bias: false } },
      ],
      optimizer: { kind: "sgd", rate: 0.1, momentum: 0.9, nesterov: false, weightDecay: 1e-3 },
    });
    expectGolden("dense.train.txt", traceTrainStep(program, { batch: 4 }));
    expectGolden("dense.evaluate.txt", traceEvaluation(program, 4));
  });

  it("is the same whenever it is traced, and leaves no tensor behind", () => {
    const before = memory().numTensors;
    expect(hashGraph(traceTrainStep(net, { batch: 5 }))).toBe(hashGraph(train));
    expect(hashGraph(traceTrainStep(net, { batch: 4 }))).not.toBe(hashGraph(train));
    expect(memory().numTensors).toBe(before);
  });

  it("knows nothing of rates and seeds: two plans of the same levels share it", () => {
    const other = {
      ...net,
      plan: {
        ...net.plan,
        curriculum: "lerac",
        levels: net.plan.levels.map((level, i) => ({ ...level, start: 0.1 / 10 ** i })),
      },
    };
    expect(hashGraph(traceTrainStep(other, { batch: 5 }))).toBe(hashGraph(train));
  });

  it.each([
    ["specs/resnet18.lerac", ["conventional", "paper", "official"]],
    ["examples/02-grocery.lerac", ["conventional", "lerac"]],
  ])("is one graph for all arms of %s: a curriculum costs no step anything", (path, arms) => {
    const hashes = arms.map((arm) => {
      const source = new SourceFile(path, readFileSync(path, "utf8"));
      const { program, diagnostics } = compile(source, { loader: fileLoader(path), arm });
      if (program === null) throw new Error(`${arm}: ${diagnostics.map(({ message }) => message).join()}`);
      // The arms do differ, in the rates that the plan gives.
      return { plan: JSON.stringify(program.plan), graph: hashGraph(traceTrainStep(program, { batch: 32 })) };
    });
    expect(new Set(hashes.map(({ graph }) => graph)).size).toBe(1);
    expect(new Set(hashes.map(({ plan }) => plan)).size).toBe(arms.length);
  });

  it("keeps the weights of frozen levels and goes on with their slots", () => {
    const graph = traceTrainStep(net, { batch: 5, frozen: new Set([0]) });
    const written = graph.states.filter(({ next }) => next !== undefined).map(({ name }) => name);
    expect(written).not.toContain("conv2d1.weight");
    expect(written).toContain("conv2d1.weight/momentum");
    expect(written).toContain("batch_norm2.mean");
    const frozenNorm = traceTrainStep(net, { batch: 5, frozen: new Set([1]) });
    expect(frozenNorm.states.find(({ name }) => name === "batch_norm2.mean")?.next).toBeUndefined();
  });

  it.each([
    [
      "a layer",
      { layers: [{ operator: "softmax" }, { operator: "dense", args: { units: 2 } }] },
      /softmax1 \(softmax\) computes softmax/,
    ],
    [
      "a loss",
      { layers: [{ operator: "dense", args: { units: 2 } }], loss: { kind: "focal", gamma: 2, alpha: null } },
      /the loss is focal/,
    ],
    [
      "an optimizer",
      {
        layers: [{ operator: "dense", args: { units: 2 } }],
        optimizer: { kind: "adagrad", rate: 0.1, eps: 1e-8, initial: 0, weightDecay: 0 },
      },
      /the optimizer is adagrad/,
    ],
  ] as const)("refuses %s that it does not have, by name", (_, sketch, note) => {
    const program = programOf({ input: [3], ...sketch });
    expect(() => traceTrainStep(program, { batch: 2 })).toThrow(
      expect.objectContaining({
        diagnostics: [expect.objectContaining({ code: "L0903", notes: [expect.stringMatching(note)] })],
      }),
    );
  });
});

describe("the check of graphs", () => {
  it("finds nothing wrong with what was traced", () => {
    expect(faultsOf(train)).toEqual([]);
    expect(faultsOf(traceEvaluation(net, 3))).toEqual([]);
  });

  it("finds an update that runs at the rate of another level", () => {
    const column = train.ops.find((op) => op.kind === "lerac.Column" && op.attributes.column === 1);
    const wrong = withOp(train, "lerac.SgdUpdate", (op) => ({
      inputs: [...op.inputs.slice(0, 3), column?.outputs[0]],
    }));
    // Columns stand before the updates they serve, so only the level is wrong, or the order as well.
    expect(faultsOf(wrong)).toContainEqual("conv2d1.weight of level 0 is updated at the rate of level 1");
  });

  it("finds a rate that does not come out of the plan", () => {
    const loss = train.outputs.find(({ name }) => name === "loss")?.value ?? 0;
    const wrong = withOp(train, "lerac.SgdUpdate", (op) => ({ inputs: [...op.inputs.slice(0, 3), loss] }));
    expect(faultsOf(wrong)).toEqual(["the rate of conv2d1.weight does not come out of the plan"]);
  });

  it("finds a rate of another row than that of the step", () => {
    const base = train.states.find(({ name }) => name === "plan.base")?.value ?? 0;
    const wrong = withOp(train, "lerac.PlanRow", ({ inputs }) => ({ inputs: [inputs[0], base, base] }));
    expect(faultsOf(wrong)).toHaveLength(8);
    expect(faultsOf(wrong)[0]).toBe("the rate of conv2d1.weight is not of the row of the step");
  });

  it("finds a parameter that is written by something else", () => {
    const wrong = {
      ...train,
      states: train.states.map((state) =>
        state.name === "dense8.bias" ? { ...state, next: state.value } : state,
      ),
    };
    expect(faultsOf(wrong)).toEqual(["dense8.bias is written by nothing, which is no update rule"]);
  });

  it("finds wrong types, unknown kinds and attributes, and values that are not there yet", () => {
    const reshaped = withOp(train, "Reshape", () => ({ attributes: { shape: [7] } }));
    expect(faultsOf(reshaped)[0]).toMatch(/^Reshape of flatten5: numbers before and after/);
    expect(faultsOf(withOp(train, "lerac.Relu", () => ({ kind: "lerac.Rule" })))[0]).toBe(
      "lerac.Rule of relu3: no such kind",
    );
    expect(faultsOf(withOp(train, "lerac.Relu", () => ({ attributes: { slope: 1 } })))[0]).toBe(
      "lerac.Relu of relu3: attribute slope is unknown or missing",
    );
    expect(faultsOf({ ...train, ops: train.ops.toReversed() })[0]).toMatch(/before it is made$/);
  });
});

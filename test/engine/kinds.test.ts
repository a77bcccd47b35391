import { describe, expect, it } from "vitest";
import { chooseTensorflow } from "../../src/engine/backends.js";
import { Interpreter } from "../../src/engine/executors/compiled/interpreter.js";
import type { GraphRunner, Numbers } from "../../src/engine/executors/compiled/runner.js";
import { numbersOf } from "../../src/engine/executors/compiled/state.js";
import { onDevice } from "../../src/engine/executors/onnx/model.js";
import { loadRuntime } from "../../src/engine/executors/onnx/runtime.js";
import { OnnxSession } from "../../src/engine/executors/onnx/session.js";
import { TensorflowSession } from "../../src/engine/executors/tensorflow/session.js";
import { faultsOf } from "../../src/engine/graph/check.js";
import { type StepGraph, sizeOf } from "../../src/engine/graph/types.js";
import { kinds } from "../../src/engine/kinds/index.js";
import { loadLibrary } from "../../src/engine/libraries.js";
import { testedLibraries } from "./backends.js";
import { feedsOf, graphOf, kindCase } from "./kind-cases.js";
import { makers } from "./kind-makers.js";

const loaded = await loadRuntime();
const runtime = "runtime" in loaded ? loaded.runtime : null;
const hasTensorflow = testedLibraries.includes("tensorflow");
await loadLibrary("cpu");

/** Random cases of each kind. */
const cases = 10;
const names = [...kinds.keys()];

it("every kind of operation has cases", () => {
  expect(Object.keys(makers).sort()).toEqual(names.toSorted());
});

function resultsOf(graph: StepGraph): Map<string, Numbers> {
  return new Map(
    graph.outputs.map(({ name, value }) => {
      const { dtype, shape } = graph.values[value] ?? { dtype: "float32", shape: [] };
      return [name, numbersOf(dtype, sizeOf(shape))];
    }),
  );
}

/** Real numbers within 1e-5 of the largest, whole ones exactly. */
async function expectReference(
  kind: string,
  open: (graph: StepGraph) => Promise<GraphRunner>,
): Promise<void> {
  for (let index = 0; index < cases; index++) {
    const one = kindCase(kind, index);
    const graph = graphOf(one);
    expect(faultsOf(graph), JSON.stringify(one)).toEqual([]);
    const [right, found] = [resultsOf(graph), resultsOf(graph)];
    await new Interpreter(graph, "cpu").run(feedsOf(one, graph), right);
    const runner = await open(graph);
    await runner.run(feedsOf(one, graph), found);
    await runner.dispose();
    for (const [name, expected] of right) {
      const values = found.get(name);
      if (!(expected instanceof Float32Array)) {
        expect(values, `${name} of ${JSON.stringify(one)}`).toEqual(expected);
        continue;
      }
      const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
      const apart = expected.reduce(
        (most, value, i) => Math.max(most, Math.abs(value - (values?.[i] ?? Number.NaN))),
        0,
      );
      expect(apart / largest, `${name} of ${JSON.stringify(one)}`).toBeLessThan(1e-5);
    }
  }
}

describe.runIf(runtime !== null)("each kind on onnxruntime is its reference", () => {
  describe.each([
    ["one thread", { threads: 1 }],
    ["four threads", { threads: 4 }],
    // Without blocks, as processors of other makes and other devices compute.
    ["as on a device", { threads: 2, target: onDevice }],
  ] as const)("%s", (_, options) => {
    it.each(names)("%s", async (kind) => {
      if (runtime === null) throw new Error("no runtime");
      await expectReference(kind, (graph) => OnnxSession.open(runtime, graph, options));
    });
  });
});

const why = hasTensorflow ? "" : " (skipped: tfjs-node with its native module is not installed)";
describe.runIf(hasTensorflow)(`each kind on TensorFlow is its reference${why}`, () => {
  describe.each(["cpu", "gpu"] as const)("as on a %s", (device) => {
    it.each(names)("%s", async (kind) => {
      await expectReference(kind, (graph) => {
        const session = new TensorflowSession(chooseTensorflow(2).binding, device);
        return session.open(graph).then((runner) => ({ ...runner, dispose: async () => session.dispose() }));
      });
    });
  });
});

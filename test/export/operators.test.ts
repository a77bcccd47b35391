import { setBackend, tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { loadLibrary } from "../../src/engine/libraries.js";
import { GraphBuilder } from "../../src/export/record/builder.js";
import { RecordingContext } from "../../src/export/record/context.js";
import type { Graph, Value } from "../../src/export/record/graph.js";
import { operators } from "../../src/language/operators/index.js";
import { expectClose, randomValues } from "../harness/numeric.js";
import { eagerForward, fitting, forward } from "../harness/operators.js";
import { type ExportCase, exportCases, notExported } from "./cases.js";
import { type Feeds, runners } from "./run-graph.js";

interface Prepared {
  readonly graph: Graph;
  readonly feeds: Feeds;
  /** What the engine computes, stream by stream. */
  readonly expected: readonly Float32Array[];
}

/** An operator recorded, and run by the engine in evaluation, on the same numbers. */
function prepared(operator: string, one: ExportCase): Prepared {
  const shapes = one.inputs.map((shape) => shape.slice(1));
  const values = one.inputs.map((shape, i) => {
    const { data } = randomValues(shape, 20 + i, ...(one.range ?? [-1, 1]));
    const { words } = one;
    const given = words === undefined ? data : data.map((value) => Math.floor(((value + 1) / 2) * words));
    return Float32Array.from(given);
  });
  const tensors = new Map(
    fitting(operator, shapes, one.args).tensors.map(({ name, shape }, i) => {
      const range: [number, number] = name.endsWith("variance") ? [0.5, 2] : [-1, 1];
      return [name, { shape, values: Float32Array.from(randomValues(shape, 40 + i, ...range).data) }];
    }),
  );

  const eager = eagerForward(
    operator,
    one.args ?? {},
    values.map((own, i) => tensor(own, [...(one.inputs[i] as number[])], "float32")),
    {
      phase: "evaluate",
      tensors: new Map([...tensors].map(([name, own]) => [name, tensor(own.values, [...own.shape])])),
      ...(one.lengths === undefined ? {} : { lengths: one.lengths }),
    },
  );

  const { graph, inputs, samples } = emptyGraph(shapes, eager.length);
  const context = new RecordingContext(graph, samples);
  if (one.lengths !== undefined) context.lengths.set(samples, graph.input("length", [1]));
  context.enter({
    address: "layer",
    tensor: (name) => {
      const own = tensors.get(name);
      if (own === undefined) throw new Error(`${operator} asks for ${name}`);
      return graph.constant(`layer.${name}`, own.shape, own.values);
    },
  });
  const streams = forward<Value>(context, operator, one.args ?? {}, inputs, shapes);
  const feeds = Object.fromEntries([
    ...values.map((own, i) => [`x${i}`, { shape: one.inputs[i] as number[], values: own }] as const),
    ...(one.lengths === undefined
      ? []
      : [["length", { shape: [one.lengths.length, 1], values: Float32Array.from(one.lengths) }] as const]),
    ...(inputs.length === 0 ? [["x", { shape: [1, 1], values: new Float32Array(1) }] as const] : []),
  ]);
  return {
    graph: graph.finish(streams.map((value, i) => ({ name: `y${i}`, value }))),
    feeds,
    expected: eager.map((y) => Float32Array.from(y.dataSync())),
  };
}

function emptyGraph(shapes: readonly (readonly number[])[], streams: number) {
  const graph = new GraphBuilder(Array.from({ length: streams }, (_, i) => `y${i}`));
  const inputs = shapes.map((shape, i) => graph.input(`x${i}`, shape));
  const samples = inputs[0] ?? graph.input("x", [1]);
  return { graph, inputs, samples };
}

const preparations = new Map<ExportCase, Prepared>();

function preparedOnce(operator: string, one: ExportCase): Prepared {
  const ready = preparations.get(one) ?? prepared(operator, one);
  preparations.set(one, ready);
  return ready;
}

describe("the table of operators", () => {
  it("is exported, or is in the list of what is refused", () => {
    const known = [...Object.keys(exportCases), ...Object.keys(notExported)].sort();
    expect(known).toEqual([...operators.keys()].sort());
  });
});

describe.each(["tfjs", "onnx"] as const)("operators as %s", (target) => {
  beforeAll(async () => {
    await loadLibrary("cpu");
    await setBackend("cpu");
  });

  const flat = Object.entries(exportCases).flatMap(([operator, list]) =>
    list.map((one) => [operator, one.name, one] as const),
  );
  it.each(flat)("%s: %s", async (operator, _, one) => {
    await setBackend("cpu");
    const { graph, feeds, expected } = preparedOnce(operator, one);
    const answers = await runners[target](graph, feeds);
    expected.forEach((values, i) => {
      expectClose(answers[`y${i}`] ?? [], values, 1e-5, `stream ${i}`);
    });
  });
});

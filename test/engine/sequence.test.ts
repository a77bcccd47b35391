import { setBackend } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { loadLibrary } from "../../src/engine/libraries.js";
import type { AttributeValue } from "../../src/program/types.js";
import { centralDifferences, expectClose, randomValues, type Values } from "../harness/numeric.js";
import { type OperatorRun, runOperator } from "../harness/run-operator.js";
import { testedLibraries } from "./backends.js";
import * as reference from "./reference-sequence.js";

const tolerance = 1e-5;

/** Values and all gradients of an operator against a reference in double precision and its central differences. */
function check(
  run: Omit<OperatorRun, "upstream">,
  expected: (inputs: readonly Values[], tensors: Readonly<Record<string, Values>>) => Values,
): void {
  const tensors = run.tensors ?? {};
  const y = expected(run.inputs, tensors);
  const upstream = randomValues(y.shape, 99);
  const result = runOperator({ ...run, upstream });
  expect(result.output.shape).toEqual(y.shape);
  expectClose(result.output.data, y.data, tolerance, "value");
  const total = (output: Values) =>
    output.data.reduce((sum, value, i) => sum + value * (upstream.data[i] as number), 0);
  run.inputs.forEach((input, which) => {
    const gradient = result.inputGradients[which];
    if (gradient === null || gradient === undefined) return;
    const differences = centralDifferences((data) => {
      const moved = run.inputs.map((other, i) => (i === which ? { ...input, data } : other));
      return total(expected(moved, tensors));
    }, input.data);
    expectClose(gradient.data, differences, tolerance, `gradient of input ${which}`);
  });
  for (const [name, tensor] of Object.entries(tensors)) {
    const differences = centralDifferences(
      (data) => total(expected(run.inputs, { ...tensors, [name]: { ...tensor, data } })),
      tensor.data,
    );
    expectClose(result.tensorGradients[name]?.data ?? [], differences, tolerance, `gradient of ${name}`);
  }
}

function recurrentTensors(gates: number, features: number, units: number, extra: boolean) {
  return {
    input: randomValues([features, gates * units], 1),
    recurrent: randomValues([units, gates * units], 2),
    bias: randomValues([gates * units], 3),
    ...(extra ? { recurrent_bias: randomValues([gates * units], 4) } : {}),
  };
}

function attentionTensors(width: number, source: number, inner: number) {
  return {
    "query.weight": randomValues([width, inner], 1),
    "query.bias": randomValues([inner], 2),
    "key.weight": randomValues([source, inner], 3),
    "key.bias": randomValues([inner], 4),
    "value.weight": randomValues([source, inner], 5),
    "value.bias": randomValues([inner], 6),
    "out.weight": randomValues([inner, width], 7),
    "out.bias": randomValues([width], 8),
  };
}

describe.each(testedLibraries)("sequences on %s", (library) => {
  beforeAll(async () => {
    expect(await loadLibrary(library)).not.toHaveProperty("reason");
    await setBackend(library);
  });

  describe.each([
    ["lstm", 4],
    ["gru", 3],
  ] as const)("%s", (operator, gates) => {
    it.each([
      ["all filled, final state", [4, 4], false],
      ["lengths, every state", [4, 1, 3], true],
      ["lengths, final state; one sample is empty", [2, 0, 4], false],
    ] as const)("%s", (_, lengths, sequence) => {
      const args: Record<string, AttributeValue> = { units: 3, sequence, recurrent_bias: sequence };
      const tensors = recurrentTensors(gates, 2, 3, sequence);
      const inputs = [randomValues([lengths.length, 4, 2], 5)];
      check({ operator, args, inputs, tensors, lengths }, ([x], weights) =>
        reference.recurrent(operator, x as Values, weights, { lengths, sequence }),
      );
    });

    it("of one place", () => {
      const tensors = recurrentTensors(gates, 2, 1, false);
      const inputs = [randomValues([1, 1, 2], 6)];
      check({ operator, args: { units: 1 }, inputs, tensors }, ([x], weights) =>
        reference.recurrent(operator, x as Values, weights, { lengths: [1], sequence: false }),
      );
    });
  });

  describe("attention", () => {
    it("lengths and the mask of a decoder together", () => {
      const lengths = [4, 2];
      const args = { heads: 2, mask: "causal" };
      const inputs = [randomValues([2, 4, 4], 9)];
      const run = { operator: "attention", args, inputs, lengths, tensors: attentionTensors(4, 4, 4) };
      check(run, ([x], tensors) =>
        reference.attention(x as Values, x as Values, tensors, { heads: 2, lengths, causal: true }),
      );
    });

    it("one head over another sequence", () => {
      const inputs = [randomValues([2, 2, 3], 10), randomValues([2, 5, 2], 11)];
      const run = { operator: "attention", args: { heads: 1 }, inputs, tensors: attentionTensors(3, 2, 3) };
      check(run, ([x, y], tensors) => reference.attention(x as Values, y as Values, tensors, { heads: 1 }));
    });

    it("of a sample without words is finite", () => {
      const result = runOperator({
        operator: "attention",
        args: { heads: 1 },
        inputs: [randomValues([2, 3, 2], 12)],
        tensors: attentionTensors(2, 2, 2),
        lengths: [0, 3],
        upstream: randomValues([2, 3, 2], 13),
      });
      expect(result.output.data.every(Number.isFinite)).toBe(true);
      expect(result.inputGradients[0]?.data.every(Number.isFinite)).toBe(true);
    });
  });

  it("embedding sums what every occurrence of a word hears", () => {
    const words = { shape: [2, 3], data: Float64Array.of(1, 1, 0, 2, 1, 2) };
    check(
      {
        operator: "embedding",
        args: { vocabulary: 4, width: 2 },
        inputs: [words],
        tensors: { weight: randomValues([4, 2], 1) },
      },
      (_, { weight }) => ({
        shape: [2, 3, 2],
        data: Float64Array.from(
          [...words.data].flatMap((w) => [...(weight as Values).data.slice(2 * w, 2 * w + 2)]),
        ),
      }),
    );
  });

  it.each([
    ["a sequence", [2, 3, 4], "length", 5, (i: number) => Math.floor(i / 4) % 3],
    ["the rows of an image", [2, 3, 2, 4], "height", 3, (i: number) => Math.floor(i / 8) % 3],
    ["the columns of an image", [2, 3, 2, 4], "width", 2, (i: number) => Math.floor(i / 4) % 2],
  ] as const)("learned_positions of %s", (_, shape, axis, rows, rowOf) => {
    check(
      {
        operator: "learned_positions",
        args: { axis, count: rows },
        inputs: [randomValues(shape, 1)],
        tensors: { weight: randomValues([rows, 4], 2) },
      },
      ([x], { weight }) => ({
        shape,
        data: (x as Values).data.map(
          (value, i) => value + ((weight as Values).data[rowOf(i) * 4 + (i % 4)] as number),
        ),
      }),
    );
  });

  it("sinusoidal_positions are sines and cosines of the position", () => {
    check({ operator: "sinusoidal_positions", inputs: [randomValues([2, 6, 5], 1)] }, ([x]) => ({
      shape: [2, 6, 5],
      data: (x as Values).data.map((value, i) => {
        const [position, channel] = [Math.floor(i / 5) % 6, i % 5];
        const angle = position / 10_000 ** ((2 * Math.floor(channel / 2)) / 5);
        return value + (channel % 2 === 0 ? Math.sin(angle) : Math.cos(angle));
      }),
    }));
  });

  it("parameter is the same for every sample", () => {
    check(
      {
        operator: "parameter",
        args: { sizes: [2, 3] },
        inputs: [],
        tensors: { weight: randomValues([2, 3], 1) },
        samples: 4,
      },
      (_, { weight }) => ({
        shape: [4, 2, 3],
        data: Float64Array.from({ length: 24 }, (__, i) => (weight as Values).data[i % 6] as number),
      }),
    );
  });

  it.each([
    ["a row for the sample", [2, 3, 2, 4], "bands", [2, 4]],
    ["a row for every column", [2, 3, 2, 4], "bands", [2, 2, 4]],
    ["a row for every row", [2, 3, 2, 4], "frames", [2, 3, 4]],
    ["a place", [2, 3, 4], "length", [2, 1, 4]],
  ] as const)("prepend: %s", (_, shape, axis, tokenShape) => {
    const along = axis === "frames" ? 2 : 1;
    check(
      { operator: "prepend", args: { axis }, inputs: [randomValues(shape, 1), randomValues(tokenShape, 2)] },
      ([x, token]) => prepended(x as Values, token as Values, along),
    );
  });
});

/** The definition of `prepend`, coordinate by coordinate. */
function prepended(x: Values, token: Values, axis: number): Values {
  const shape = x.shape.map((size, i) => (i === axis ? size + 1 : size));
  const data = new Float64Array(shape.reduce((a, b) => a * b, 1));
  const offset = (at: readonly number[], own: readonly number[]) =>
    at.reduce((sum, i, d) => sum * (own[d] as number) + i, 0);
  data.forEach((_, index) => {
    let rest = index;
    const at = shape.map((_, i) => {
      const below = shape.slice(i + 1).reduce((a, b) => a * b, 1);
      const place = Math.floor(rest / below);
      rest %= below;
      return place;
    });
    if ((at[axis] as number) > 0) {
      const there = at.map((i, d) => (d === axis ? i - 1 : i));
      data[index] = x.data[offset(there, x.shape)] as number;
      return;
    }
    const beside = at.filter((_, d) => d !== axis);
    const there =
      token.shape.length === beside.length
        ? beside
        : token.shape.length === 2
          ? [at[0] as number, at[at.length - 1] as number]
          : at;
    data[index] = token.data[offset(there, token.shape)] as number;
  });
  return { shape, data };
}

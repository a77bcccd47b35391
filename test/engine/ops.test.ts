import { engine, setBackend, type Tensor, tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { loadLibrary } from "../../src/engine/libraries.js";
import { batchNormTrain } from "../../src/engine/ops/batch_norm.js";
import { conv2d } from "../../src/engine/ops/conv2d.js";
import { masked, relu } from "../../src/engine/ops/elementwise.js";
import { add, concat, reshape } from "../../src/engine/ops/join.js";
import { linear } from "../../src/engine/ops/linear.js";
import { avgPool2d, globalAvgPool2d, maxPool2d } from "../../src/engine/ops/pool.js";
import { asTensor, checkGradients, tolerance } from "../harness/gradients.js";
import { expectClose, randomValues, type Values } from "../harness/numeric.js";
import { testedLibraries } from "./backends.js";
import * as reference from "./reference.js";

/** An operation on TensorFlow.js tensors against its double precision reference, values and gradients. */
function check(
  operation: (...inputs: Tensor[]) => Tensor,
  expected: (...inputs: Values[]) => Values,
  inputs: readonly Values[],
): void {
  checkGradients(
    (tensors) => operation(...tensors),
    (values) => expected(...values),
    inputs,
  );
}

/** Distinct numbers in random order, far enough apart for differences not to change which one is the largest. */
function distinct(shape: readonly number[], seed: number, shift: number): Values {
  const { data } = randomValues(shape, seed);
  const order = [...data.keys()].sort((a, b) => (data[a] as number) - (data[b] as number));
  const ranks = new Float64Array(data.length);
  order.forEach((index, rank) => {
    ranks[index] = Math.fround(rank / 16 + shift);
  });
  return { shape, data: ranks };
}

describe.each(testedLibraries)("operations on %s", (library) => {
  beforeAll(async () => {
    const loaded = await loadLibrary(library);
    expect(loaded).not.toHaveProperty("reason");
    await setBackend(library);
  });

  const convolutions = [
    ["padded 3x3", [2, 5, 6, 3], 3, 4, { stride: 1, padding: 1, dilation: 1, groups: 1 }],
    ["unpadded, odd sizes", [2, 7, 5, 2], 3, 3, { stride: 1, padding: 0, dilation: 1, groups: 1 }],
    ["1x1", [3, 4, 5, 3], 1, 2, { stride: 1, padding: 0, dilation: 1, groups: 1 }],
    ["one channel, one filter", [1, 4, 4, 1], 1, 1, { stride: 1, padding: 0, dilation: 1, groups: 1 }],
    ["even kernel", [2, 6, 5, 2], 2, 3, { stride: 1, padding: 1, dilation: 1, groups: 1 }],
    ["stride that leaves a rest", [2, 8, 7, 2], 3, 3, { stride: 2, padding: 1, dilation: 1, groups: 1 }],
    ["stride beyond the kernel", [2, 9, 8, 2], 2, 3, { stride: 3, padding: 0, dilation: 1, groups: 1 }],
    ["padding beyond the kernel", [1, 4, 5, 2], 2, 2, { stride: 1, padding: 3, dilation: 1, groups: 1 }],
    ["dilation", [2, 8, 9, 2], 3, 3, { stride: 1, padding: 2, dilation: 2, groups: 1 }],
    ["dilation and stride", [2, 9, 10, 2], 3, 2, { stride: 2, padding: 2, dilation: 2, groups: 1 }],
    ["groups", [2, 5, 5, 6], 3, 4, { stride: 1, padding: 1, dilation: 1, groups: 2 }],
    ["depthwise, strided", [2, 6, 7, 3], 3, 3, { stride: 2, padding: 1, dilation: 1, groups: 3 }],
  ] as const;
  it.each(convolutions)("conv2d: %s", (_, shape, size, filters, options) => {
    const kernel = [size, size, shape[3] / options.groups, filters];
    check(
      (x, w, b) => conv2d(x as Tensor, w as Tensor, b as Tensor, options, true),
      (x, w, b) => reference.conv2d(x as Values, w as Values, b as Values, options),
      [randomValues(shape, 1), randomValues(kernel, 2), randomValues([filters], 3)],
    );
  });

  it("conv2d leaves the input's gradient out where nobody wants it", () => {
    const options = { stride: 1, padding: 1, dilation: 1, groups: 1 };
    const image = randomValues([2, 4, 4, 2], 4);
    check(
      (w) => conv2d(asTensor(image), w as Tensor, null, options, false),
      (w) => reference.conv2d(image, w as Values, null, options),
      [randomValues([3, 3, 2, 2], 5)],
    );
  });

  const windows = [
    ["tiles", { size: 2, stride: 2, padding: 0 }],
    ["overlapping, padded", { size: 3, stride: 2, padding: 1 }],
    ["dense", { size: 3, stride: 1, padding: 1 }],
    ["stride beyond the window", { size: 2, stride: 3, padding: 0 }],
    ["one position", { size: 1, stride: 1, padding: 0 }],
  ] as const;
  describe.each(windows)("pooling: %s", (_, options) => {
    it.each([
      ["mixed signs", -3],
      ["negative windows only", -100],
    ] as const)("max, %s", (_, shift) => {
      check(
        (x) => maxPool2d(x as Tensor, options),
        (x) => reference.maxPool2d(x as Values, options),
        [distinct([2, 7, 6, 2], 6, shift)],
      );
    });
    it("mean", () => {
      check(
        (x) => avgPool2d(x as Tensor, options),
        (x) => reference.avgPool2d(x as Values, options),
        [randomValues([2, 7, 6, 2], 7)],
      );
    });
  });

  it("max pooling gives a tie's gradient to its first position", () => {
    const x = tensor([5, 5, 1, 1, 5, 5, 1, 2, 0, 0, -1, -1, 0, 0, -1, -1], [1, 4, 4, 1]);
    const options = { size: 2, stride: 2, padding: 0 };
    const dy = tensor([10, 20, 30, 40], [1, 2, 2, 1]);
    const { grads } = engine().gradients<Tensor>(() => maxPool2d(x, options), [x], dy);
    expect([...(grads[0]?.dataSync() ?? [])]).toEqual([10, 0, 0, 0, 0, 0, 0, 20, 30, 0, 40, 0, 0, 0, 0, 0]);
  });

  it("global mean", () => {
    check(
      (x) => globalAvgPool2d(x as Tensor),
      (x) => reference.globalAvgPool2d(x as Values),
      [randomValues([3, 5, 4, 2], 8)],
    );
  });

  it.each([
    ["rows", [4, 5], 3],
    ["one unit", [4, 5], 1],
    ["one feature", [4, 1], 3],
    ["one sample", [1, 5], 3],
    ["the last axis of an image", [2, 3, 4, 5], 2],
  ] as const)("linear: %s", (_, shape, units) => {
    check(
      (x, w, b) => linear(x as Tensor, w as Tensor, b as Tensor, true),
      (x, w, b) => reference.linear(x as Values, w as Values, b as Values),
      [
        randomValues(shape, 9),
        randomValues([shape[shape.length - 1] as number, units], 10),
        randomValues([units], 11),
      ],
    );
  });

  it.each([
    ["images", [3, 4, 5, 3]],
    ["rows", [7, 4]],
  ] as const)("batch norm of %s", (_, shape) => {
    const channels = shape[shape.length - 1] as number;
    check(
      (x, w, b) => batchNormTrain(x as Tensor, w as Tensor, b as Tensor, 1e-5, () => {}),
      (x, w, b) => reference.batchNorm(x as Values, w as Values, b as Values, 1e-5),
      [randomValues(shape, 12, 2, 5), randomValues([channels], 13), randomValues([channels], 14)],
    );
  });

  it("relu has the derivative 0 at 0", () => {
    check(
      (x) => relu(x as Tensor),
      (x) => reference.relu(x as Values),
      [distinct([3, 7], 15, -0.53)],
    );
    const x = tensor([-1, 0, 2]);
    const { grads } = engine().gradients<Tensor>(() => relu(x), [x], tensor([1, 1, 1]));
    expect([...(grads[0]?.dataSync() ?? [])]).toEqual([0, 0, 1]);
  });

  it("mask, sum of two, side by side, other shape", () => {
    const mask = { shape: [2, 3], data: Float64Array.of(0, 2, 2, 0, 0, 2) };
    const [a, b] = [randomValues([2, 3], 16), randomValues([2, 3], 17)];
    check(
      (x, y) => reshape(concat([add(masked(x as Tensor, asTensor(mask)), y as Tensor), x as Tensor]), [12]),
      (x, y) => {
        const [p, q] = [(x as Values).data, (y as Values).data];
        const total = p.map((v, i) => v * (mask.data[i] as number) + (q[i] as number));
        const rows = [0, 3].flatMap((i) => [...total.slice(i, i + 3), ...p.slice(i, i + 3)]);
        return { shape: [12], data: Float64Array.from(rows) };
      },
      [a, b],
    );
  });

  it("the same numbers may be multiplied from the right in two shapes", () => {
    const w = randomValues([6, 1], 19);
    const weight = asTensor(w);
    const flat = linear(asTensor(randomValues([2, 6], 20)), weight, null, false);
    const wide = linear(asTensor(randomValues([2, 1], 21)), reshape(weight, [1, 6]), null, false);
    const expected = reference.linear(randomValues([2, 1], 21), { shape: [1, 6], data: w.data }, null);
    expectClose(wide.dataSync(), expected.data, tolerance, "second product");
    expectClose(
      flat.dataSync(),
      reference.linear(randomValues([2, 6], 20), w, null).data,
      tolerance,
      "first product",
    );
  });
});

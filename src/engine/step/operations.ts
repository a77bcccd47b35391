import type { Tensor } from "@tensorflow/tfjs-core";
import type { ConvTranspose2dOptions } from "../../language/forward.js";
import type { Attributes } from "../graph/types.js";
import { composite, savedAt } from "../ops/composite.js";
import type { Recorder } from "../trace/recorder.js";
import { call, callOne } from "../trace/shape-backend.js";

/** A composite of recorded kinds, whose gradient is put on record as the layer's own backward part. */
export function recordedComposite(
  recorder: Recorder,
  inputs: readonly Tensor[],
  forward: () => { readonly output: Tensor; readonly saved: readonly Tensor[] },
  gradient: (dy: Tensor, saved: readonly Tensor[]) => readonly Tensor[],
): Tensor {
  const { at } = recorder;
  return composite(inputs, forward, (dy, saved) =>
    recorder.within(at, "backward", () => [...gradient(dy, saved)]),
  );
}

/** x · weight (+ bias) over the last axis. `wantsInput` as for `conv2d` of `ops`. */
export function linear(
  recorder: Recorder,
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null,
  wantsInput: boolean,
): Tensor {
  const [features = 1, units = 1] = weight.shape;
  const rows = x.size / features;
  const flat = (value: Tensor, width: number) =>
    value.rank === 2 ? value : callOne("Reshape", [value], { shape: [rows, width] });
  const shaped = (value: Tensor, shape: readonly number[]) =>
    shape.length === 2 ? value : callOne("Reshape", [value], { shape });
  return recordedComposite(
    recorder,
    [...(wantsInput ? [x] : []), weight, ...(bias ? [bias] : [])],
    () => {
      const y = callOne("lerac.Linear", [flat(x, features), weight, ...(bias ? [bias] : [])]);
      return { output: shaped(y, [...x.shape.slice(0, -1), units]), saved: [x, weight] };
    },
    (dy, saved) => {
      const rowsOfDy = flat(dy, units);
      const inputRows = flat(savedAt(saved, 0), features);
      return [
        ...(wantsInput
          ? [shaped(callOne("lerac.LinearInputGrad", [rowsOfDy, savedAt(saved, 1)]), x.shape)]
          : []),
        callOne("lerac.LinearWeightGrad", [inputRows, rowsOfDy]),
        ...(bias ? [callOne("lerac.SumByChannel", [rowsOfDy])] : []),
      ];
    },
  );
}

/** Cross-correlation of images. `wantsInput` as for `conv2d` of `ops`. */
export function conv2d(
  recorder: Recorder,
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null,
  { sliding, wantsInput }: { readonly sliding: Attributes; readonly wantsInput: boolean },
): Tensor {
  return recordedComposite(
    recorder,
    [...(wantsInput ? [x] : []), weight, ...(bias ? [bias] : [])],
    () => ({
      output: callOne("lerac.Conv2d", [x, weight, ...(bias ? [bias] : [])], sliding),
      saved: [x, weight],
    }),
    (dy, saved) => {
      const [x, weight] = [savedAt(saved, 0), savedAt(saved, 1)];
      const size = x.shape.slice(1, 3);
      return [
        ...(wantsInput ? [callOne("lerac.Conv2dInputGrad", [dy, weight], { ...sliding, size })] : []),
        callOne("lerac.Conv2dFilterGrad", [dy, x, weight], sliding),
        ...(bias ? [callOne("lerac.SumByChannel", [dy])] : []),
      ];
    },
  );
}

/** The adjoint of a convolution, forwards; its gradient by x is that convolution. Sizes: `ops/conv2d.ts`. */
export function convTranspose2d(
  recorder: Recorder,
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null,
  about: { readonly options: ConvTranspose2dOptions; readonly wantsInput: boolean },
): Tensor {
  const { stride, padding, dilation, groups, outputPadding } = about.options;
  const twice = (number: number) => [number, number];
  const sliding = { stride: twice(stride), padding: twice(padding), dilation: twice(dilation), groups };
  const size = [1, 2].map((axis) => {
    const reach = dilation * ((weight.shape[axis - 1] ?? 1) - 1);
    return ((x.shape[axis] ?? 1) - 1) * stride - 2 * padding + reach + outputPadding + 1;
  });
  return recordedComposite(
    recorder,
    [...(about.wantsInput ? [x] : []), weight, ...(bias ? [bias] : [])],
    () => {
      const y = callOne("lerac.Conv2dInputGrad", [x, weight], { ...sliding, size });
      return { output: bias ? callOne("Add", [y, bias]) : y, saved: [x, weight] };
    },
    (dy, saved) => {
      const [x, weight] = [savedAt(saved, 0), savedAt(saved, 1)];
      const gradients: Tensor[] = [];
      if (about.wantsInput) {
        const dx = callOne("lerac.Conv2d", [dy, weight], sliding);
        // With more output padding than stride the convolution finds places that x never had.
        const larger = dx.shape.join() !== x.shape.join();
        gradients.push(larger ? callOne("lerac.Slice", [dx], { start: [0, 0, 0, 0], size: x.shape }) : dx);
      }
      gradients.push(callOne("lerac.Conv2dFilterGrad", [x, dy, weight], sliding));
      if (bias) gradients.push(callOne("lerac.SumByChannel", [dy]));
      return gradients;
    },
  );
}

/** An operation of one operand whose gradient needs dy and some of operand and result. */
export function unary(
  recorder: Recorder,
  x: Tensor,
  forward: (x: Tensor) => Tensor,
  gradient: (dy: Tensor, x: Tensor, y: Tensor) => Tensor,
): Tensor {
  return recordedComposite(
    recorder,
    [x],
    () => {
      const output = forward(x);
      return { output, saved: [x, output] };
    },
    (dy, saved) => [gradient(dy, savedAt(saved, 0), savedAt(saved, 1))],
  );
}

/** Batch normalisation; `moments` are the given mean and variance, null for the batch's own, which `report` is told. */
export function batchNorm(
  recorder: Recorder,
  [x, weight, bias]: readonly [Tensor, Tensor, Tensor],
  eps: number,
  moments: readonly [Tensor, Tensor] | null,
  report: (mean: Tensor, variance: Tensor) => void,
): Tensor {
  return recordedComposite(
    recorder,
    [x, weight, bias],
    () => {
      const made =
        moments === null
          ? call("lerac.BatchNorm", [x, weight, bias], { eps })
          : call("lerac.BatchNormWith", [x, weight, bias, ...moments], { eps });
      if (moments === null) report(savedAt(made, 3), savedAt(made, 4));
      return { output: savedAt(made, 0), saved: [savedAt(made, 1), savedAt(made, 2), weight] };
    },
    (dy, saved) => call(moments === null ? "lerac.BatchNormGrad" : "lerac.BatchNormWithGrad", [dy, ...saved]),
  );
}

import type { Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import { binaryLosses } from "../losses/bce.js";
import { indicator } from "../losses/indicator.js";
import { type ErrorLossSettings, errorLoss } from "../losses/regression.js";
import { softmaxAndLog } from "../losses/softmax.js";
import { add, div, mul, neg, reshape, sub, sum, tensor1d } from "../tfjs.js";
import { f32, kind, operand, same, sizes, tensorAt } from "./kind.js";

/** `weights`: one a class, empty where all count alike. */
export type CrossEntropyAttributes = { readonly smoothing: number; readonly weights: readonly number[] };

export const lossKinds = [
  /**
   * logits [B, K], labels [B] (, weights of the rows [B]) → the sum of losses [] and its gradient by logits [B, K].
   * Formulas: `losses/cross_entropy.ts`.
   */
  kind<CrossEntropyAttributes>({
    name: "lerac.SoftmaxCrossEntropy",
    attributes: ["smoothing", "weights"],
    infer(inputs, { weights }) {
      const [batch, classes] = sizes(inputs, 0, 2);
      same(operand(inputs, 1, "int32").shape, [batch], "labels and rows");
      if (inputs.length > 2) same(sizes(inputs, 2, 1), [batch], "weights and rows");
      if (weights.length > 0) same([weights.length], [classes], "weights and classes");
      return [f32(), f32(batch, classes)];
    },
    reference(inputs, { smoothing, weights }) {
      const logits = tensorAt(inputs, 0) as Tensor2D;
      const [batch, classes] = logits.shape;
      const { probabilities, logs } = softmaxAndLog(logits);
      let target: Tensor2D = indicator(tensorAt(inputs, 1) as Tensor1D, classes);
      if (smoothing > 0) target = add(mul(target, 1 - smoothing), smoothing / classes);
      if (weights.length > 0) target = mul(target, tensor1d([...weights]));
      if (inputs.length > 2) target = mul(target, reshape(tensorAt(inputs, 2), [batch, 1]));
      const plain = weights.length === 0 && inputs.length === 2;
      const share = plain ? probabilities : mul(probabilities, sum(target, 1, true));
      return [neg(sum(mul(target, logs))), sub(share, target)];
    },
  }),
  /**
   * outputs and targets [B, n] (, weights of the rows [B]) → the sum over samples of the mean loss of their n errors [],
   * and its gradient by the outputs. Formulas: `losses/regression.ts`.
   */
  kind<ErrorLossSettings>({
    name: "lerac.ErrorLoss",
    attributes: ["curve", "delta", "scale"],
    infer(inputs) {
      const [batch, numbers] = sizes(inputs, 0, 2);
      same(sizes(inputs, 1, 2), [batch, numbers], "targets and outputs");
      if (inputs.length > 2) same(sizes(inputs, 2, 1), [batch], "weights and rows");
      return [f32(), f32(batch, numbers)];
    },
    reference(inputs, settings) {
      const outputs = tensorAt(inputs, 0) as Tensor2D;
      const [, numbers] = outputs.shape;
      const errors = sub(outputs, tensorAt(inputs, 1));
      const { value, slope } = errorLoss(settings);
      const [losses, slopes] = [value(errors), slope(errors)].map((x) => div(weighted(inputs, x), numbers));
      return [sum(losses as Tensor), slopes as Tensor];
    },
  }),
  /** logits [B, K], labels [B] (, weights of the rows [B]): as above. Formulas: `losses/bce.ts`. */
  kind({
    name: "lerac.BinaryCrossEntropy",
    attributes: [],
    infer(inputs) {
      const [batch, classes] = sizes(inputs, 0, 2);
      same(operand(inputs, 1, "int32").shape, [batch], "labels and rows");
      if (inputs.length > 2) same(sizes(inputs, 2, 1), [batch], "weights and rows");
      return [f32(), f32(batch, classes)];
    },
    reference(inputs) {
      const outputs = tensorAt(inputs, 0) as Tensor2D;
      const { losses, slopes } = binaryLosses(outputs, tensorAt(inputs, 1) as Tensor1D);
      return [div(sum(weighted(inputs, losses)), outputs.shape[1]), weighted(inputs, slopes)];
    },
  }),
];

/** Each row times its weight, where rows have any. */
function weighted(inputs: readonly Tensor[], x: Tensor): Tensor {
  return inputs.length > 2 ? mul(x, reshape(tensorAt(inputs, 2), [x.shape[0] ?? 1, 1])) : x;
}

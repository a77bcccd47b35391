import { sumByChannel } from "../ops/channels.js";
import { matMul } from "../ops/matmul.js";
import { add, transpose } from "../tfjs.js";
import { f32, kind, operand, same, sizes, tensorAt } from "./kind.js";

export const linearKinds = [
  /** x [R, in] · weight [in, out] (+ bias [out]) → [R, out]. */
  kind({
    name: "lerac.Linear",
    attributes: [],
    infer(inputs) {
      const [rows, features] = sizes(inputs, 0, 2);
      const [inner, units] = sizes(inputs, 1, 2);
      same([features], [inner], "features of x and weight");
      if (inputs.length > 2) same(operand(inputs, 2).shape, [units], "bias and units");
      return [f32(rows, units)];
    },
    reference(inputs) {
      const y = matMul(tensorAt(inputs, 0), tensorAt(inputs, 1));
      return [inputs.length > 2 ? add(y, tensorAt(inputs, 2)) : y];
    },
  }),
  /** dy [R, out] · weightᵀ → [R, in]. */
  kind({
    name: "lerac.LinearInputGrad",
    attributes: [],
    infer(inputs) {
      const [rows, units] = sizes(inputs, 0, 2);
      const [features, outer] = sizes(inputs, 1, 2);
      same([units], [outer], "units of dy and weight");
      return [f32(rows, features)];
    },
    reference: (inputs) => [matMul(tensorAt(inputs, 0), transpose(tensorAt(inputs, 1)))],
  }),
  /** xᵀ · dy → [in, out]; x [R, in], dy [R, out]. */
  kind({
    name: "lerac.LinearWeightGrad",
    attributes: [],
    infer(inputs) {
      const [rows, features] = sizes(inputs, 0, 2);
      const [others, units] = sizes(inputs, 1, 2);
      same([rows], [others], "rows of x and dy");
      return [f32(features, units)];
    },
    reference: (inputs) => [matMul(transpose(tensorAt(inputs, 0)), tensorAt(inputs, 1))],
  }),
  /** Sum over all axes but the last: [..., C] → [C]. */
  kind({
    name: "lerac.SumByChannel",
    attributes: [],
    infer(inputs) {
      return [f32(operand(inputs, 0).shape.at(-1) ?? 1)];
    },
    reference: (inputs) => [sumByChannel(tensorAt(inputs, 0))],
  }),
];

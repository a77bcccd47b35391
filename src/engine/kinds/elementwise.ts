import type { Activation } from "../../language/forward.js";
import { sizeOf, type ValueType } from "../graph/types.js";
import { curveSlope, curveValue } from "../ops/activations.js";
import { preluGradient, preluValue } from "../ops/prelu.js";
import { add, mul, relu, reshape, step } from "../tfjs.js";
import { f32, type Kind, kind, operand, same, tensorAt } from "./kind.js";

export type ActivationAttributes = { readonly curve: Activation; readonly parameter: number };

/** Shapes as numpy broadcasts them. */
const broadcast: Kind["infer"] = (inputs): ValueType[] => {
  const a = operand(inputs, 0).shape;
  const b = operand(inputs, 1).shape;
  const rank = Math.max(a.length, b.length);
  const shape = Array.from({ length: rank }, (_, axis) => {
    const left = a[axis - rank + a.length] ?? 1;
    const right = b[axis - rank + b.length] ?? 1;
    if (left !== right && left !== 1 && right !== 1) throw new Error(`[${a}] and [${b}] do not fit together`);
    return left === 1 ? right : left;
  });
  return [f32(...shape)];
};

const unary: Kind["infer"] = (inputs) => [f32(...operand(inputs, 0).shape)];
const gradient: Kind["infer"] = (inputs) => {
  same(operand(inputs, 0).shape, operand(inputs, 1).shape, "dy and the operand");
  return [f32(...operand(inputs, 0).shape)];
};

export const elementwiseKinds = [
  kind({
    name: "Add",
    operands: ["a", "b"],
    attributes: [],
    infer: broadcast,
    reference: (inputs) => [add(tensorAt(inputs, 0), tensorAt(inputs, 1))],
  }),
  kind({
    name: "Multiply",
    operands: ["a", "b"],
    attributes: [],
    infer: broadcast,
    reference: (inputs) => [mul(tensorAt(inputs, 0), tensorAt(inputs, 1))],
  }),
  kind<{ readonly shape: readonly number[] }>({
    name: "Reshape",
    operands: ["x"],
    attributes: ["shape"],
    infer(inputs, { shape }) {
      const type = inputs[0];
      if (type === undefined) throw new Error("there is no operand 0");
      same([sizeOf(type.shape)], [sizeOf(shape)], "numbers before and after");
      return [{ dtype: type.dtype, shape }];
    },
    reference: (inputs, { shape }) => [reshape(tensorAt(inputs, 0), [...shape])],
  }),
  kind({
    name: "lerac.Relu",
    attributes: [],
    infer: unary,
    reference: (inputs) => [relu(tensorAt(inputs, 0))],
  }),
  /** dy, y: dy where the rectified value is above 0. */
  kind({
    name: "lerac.ReluGrad",
    attributes: [],
    infer: gradient,
    reference: (inputs) => [mul(tensorAt(inputs, 0), step(tensorAt(inputs, 1)))],
  }),
  /** A function of each element; formulas at `Activation`. */
  kind<ActivationAttributes>({
    name: "lerac.Activation",
    attributes: ["curve", "parameter"],
    infer: unary,
    reference: (inputs, { curve, parameter }) => [curveValue(tensorAt(inputs, 0), curve, parameter)],
  }),
  /** dy, x: dy times the slope at x. */
  kind<ActivationAttributes>({
    name: "lerac.ActivationGrad",
    attributes: ["curve", "parameter"],
    infer: gradient,
    reference: (inputs, { curve, parameter }) => [
      mul(tensorAt(inputs, 0), curveSlope(tensorAt(inputs, 1), curve, parameter)),
    ],
  }),
  /** x, weight [C] or [1]: max(x, 0) + weight · min(x, 0). */
  kind({
    name: "lerac.Prelu",
    attributes: [],
    infer: unary,
    reference: (inputs) => [preluValue(tensorAt(inputs, 0), tensorAt(inputs, 1))],
  }),
  /** dy, x, weight → dx, dweight. */
  kind({
    name: "lerac.PreluGrad",
    attributes: [],
    infer(inputs) {
      same(operand(inputs, 0).shape, operand(inputs, 1).shape, "dy and the operand");
      return [f32(...operand(inputs, 0).shape), f32(...operand(inputs, 2).shape)];
    },
    reference: (inputs) => preluGradient(tensorAt(inputs, 0), tensorAt(inputs, 1), tensorAt(inputs, 2)),
  }),
];

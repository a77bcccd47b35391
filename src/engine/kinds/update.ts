import type { Tensor } from "@tensorflow/tfjs-core";
import type { ValueType } from "../graph/types.js";
import {
  abs,
  add,
  clipByValue,
  concat,
  div,
  maximum,
  minimum,
  mul,
  reshape,
  slice,
  sqrt,
  square,
  sub,
  sum,
  tensor,
} from "../tfjs.js";
import { f32, kind, operand, same, sizes, tensorAt } from "./kind.js";

export type SgdAttributes = {
  readonly momentum: number;
  readonly nesterov: boolean;
  readonly decay: number;
};
/** `decoupled`: the weight shrinks beside Adam's step (AdamW). */
export type AdamAttributes = {
  readonly beta1: number;
  readonly beta2: number;
  readonly eps: number;
  readonly decay: number;
  readonly decoupled: boolean;
};

export type AdamaxAttributes = Omit<AdamAttributes, "decoupled">;

/** Tensors of the weight's shape, then scalars. */
function inferUpdate(inputs: readonly ValueType[], tensors: number, scalars: number): ValueType[] {
  const { shape } = operand(inputs, 0);
  same([inputs.length], [tensors + scalars], "operands");
  for (let index = 0; index < inputs.length; index++)
    same(operand(inputs, index).shape, index < tensors ? shape : [], `operand 0 and ${index}`);
  // The new weight, what was taken off, and the new slots.
  return Array.from({ length: tensors }, () => f32(...shape));
}

/** Formulas: `optimizers/sgd.ts`, `optimizers/adam.ts`. */
export const updateKinds = [
  /** weight, gradient, rate → new weight, change. */
  kind<{ readonly decay: number }>({
    name: "lerac.PlainSgdUpdate",
    attributes: ["decay"],
    rateOperand: 2,
    elementwise: true,
    infer: (inputs) => inferUpdate(inputs, 2, 1),
    reference(inputs, { decay }) {
      const weight = tensorAt(inputs, 0);
      const change = mul(decayed(weight, tensorAt(inputs, 1), decay), tensorAt(inputs, 2));
      return [sub(weight, change), change];
    },
  }),
  /** weight, gradient, momentum, rate → new weight, change, new momentum. */
  kind<SgdAttributes>({
    name: "lerac.SgdUpdate",
    attributes: ["momentum", "nesterov", "decay"],
    rateOperand: 3,
    elementwise: true,
    infer: (inputs) => inferUpdate(inputs, 3, 1),
    reference(inputs, { momentum, nesterov, decay }) {
      const weight = tensorAt(inputs, 0);
      const gradient = decayed(weight, tensorAt(inputs, 1), decay);
      const buffer = add(mul(tensorAt(inputs, 2), momentum), gradient);
      const direction = nesterov ? add(gradient, mul(buffer, momentum)) : buffer;
      const change = mul(direction, tensorAt(inputs, 3));
      return [sub(weight, change), change, buffer];
    },
  }),
  /**
   * weight, gradient, mean, mean square, rate, 1 / (1 − β₁ᵗ), 1 / sqrt(1 − β₂ᵗ) → new weight, change, new mean, new mean
   * square. The two corrections move with the step: they are columns of the plan, computed in double precision.
   */
  kind<AdamAttributes>({
    name: "lerac.AdamUpdate",
    attributes: ["beta1", "beta2", "eps", "decay", "decoupled"],
    rateOperand: 4,
    elementwise: true,
    infer: (inputs) => inferUpdate(inputs, 4, 3),
    reference(inputs, { beta1, beta2, eps, decay, decoupled }) {
      const weight = tensorAt(inputs, 0);
      const rate = tensorAt(inputs, 4);
      const gradient = decayed(weight, tensorAt(inputs, 1), decoupled ? 0 : decay);
      const mean = add(mul(tensorAt(inputs, 2), beta1), mul(gradient, 1 - beta1));
      const meanSquare = add(mul(tensorAt(inputs, 3), beta2), mul(square(gradient), 1 - beta2));
      const denominator = add(mul(sqrt(meanSquare), tensorAt(inputs, 6)), eps);
      let change = mul(div(mean, denominator), mul(rate, tensorAt(inputs, 5)));
      if (decoupled && decay !== 0) change = add(change, mul(weight, mul(rate, decay)));
      return [sub(weight, change), change, mean, meanSquare];
    },
  }),
  /**
   * weight, gradient, mean, largest, rate, 1 / (1 − β₁ᵗ) → new weight, change, new mean, new largest. Formula:
   * `optimizers/adamax.ts`.
   */
  kind<AdamaxAttributes>({
    name: "lerac.AdamaxUpdate",
    attributes: ["beta1", "beta2", "eps", "decay"],
    rateOperand: 4,
    elementwise: true,
    infer: (inputs) => inferUpdate(inputs, 4, 2),
    reference(inputs, { beta1, beta2, eps, decay }) {
      const weight = tensorAt(inputs, 0);
      const gradient = decayed(weight, tensorAt(inputs, 1), decay);
      const mean = add(mul(tensorAt(inputs, 2), beta1), mul(gradient, 1 - beta1));
      const largest = maximum(mul(tensorAt(inputs, 3), beta2), add(abs(gradient), eps));
      const change = mul(div(mean, largest), mul(tensorAt(inputs, 4), tensorAt(inputs, 5)));
      return [sub(weight, change), change, mean, largest];
    },
  }),
  /** plan [W, C], step [], base [] → the row of the step [C]. */
  kind({
    name: "lerac.PlanRow",
    attributes: [],
    infer(inputs) {
      const [, columns] = sizes(inputs, 0, 2);
      for (const index of [1, 2]) same(operand(inputs, index, "int32").shape, [], "a counter");
      return [f32(columns)];
    },
    reference(inputs) {
      const plan = tensorAt(inputs, 0);
      const row = (tensorAt(inputs, 1).dataSync()[0] ?? 0) - (tensorAt(inputs, 2).dataSync()[0] ?? 0);
      const columns = plan.shape[1] ?? 0;
      return [reshape(slice(plan, [row, 0], [1, columns]), [columns])];
    },
  }),
  /** One number of a row. */
  kind<{ readonly column: number }>({
    name: "lerac.Column",
    attributes: ["column"],
    infer(inputs, { column }) {
      const [columns] = sizes(inputs, 0, 1);
      if (column >= columns) throw new Error(`there is no column ${column} of ${columns}`);
      return [f32()];
    },
    reference: (inputs, { column }) => [reshape(slice(tensorAt(inputs, 0), [column], [1]), [])],
  }),
  /** The counter of steps after this one. */
  kind({
    name: "lerac.Advance",
    attributes: [],
    infer: (inputs) => [operand(inputs, 0, "int32")],
    reference: (inputs) => [tensor((tensorAt(inputs, 0).dataSync()[0] ?? 0) + 1, [], "int32")],
  }),
  /** Σ x² over all operands → []. */
  kind({
    name: "lerac.SumSquares",
    attributes: [],
    infer(inputs) {
      for (let index = 0; index < inputs.length; index++) operand(inputs, index);
      return [f32()];
    },
    reference: (inputs) => [inputs.map((x) => sum(square(x))).reduce((total, next) => add(total, next))],
  }),
  /** Σ g² → what gradients are multiplied by so that their norm is at most `limit`: `clip.ts`. */
  kind<{ readonly limit: number }>({
    name: "lerac.ClipFactor",
    attributes: ["limit"],
    infer(inputs) {
      same(operand(inputs, 0).shape, [], "a scalar");
      return [f32()];
    },
    reference: (inputs, { limit }) => [minimum(div(limit, add(sqrt(tensorAt(inputs, 0)), 1e-6)), 1)],
  }),
  /** Each number cut to −limit … limit. */
  kind<{ readonly limit: number }>({
    name: "lerac.ClipValue",
    attributes: ["limit"],
    infer: (inputs) => [operand(inputs, 0)],
    reference: (inputs, { limit }) => [clipByValue(tensorAt(inputs, 0), -limit, limit)],
  }),
  /** Scalars in a row. */
  kind({
    name: "lerac.Row",
    attributes: [],
    infer(inputs) {
      for (let index = 0; index < inputs.length; index++) same(operand(inputs, index).shape, [], "a scalar");
      return [f32(inputs.length)];
    },
    reference: (inputs) => [concat(inputs.map((x) => reshape(x, [1])))],
  }),
];

function decayed(weight: Tensor, gradient: Tensor, decay: number): Tensor {
  return decay === 0 ? gradient : add(gradient, mul(weight, decay));
}

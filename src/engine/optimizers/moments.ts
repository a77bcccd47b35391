import type { Tensor } from "@tensorflow/tfjs-core";
import type { OptimizerProgram } from "../../program/types.js";
import { add, mul, square } from "../tfjs.js";

/** Settings of the rules that keep a mean of gradients and a size of them. */
export type MomentSettings = Extract<OptimizerProgram, { readonly beta1: number }>;

/** A running mean after one more value: share · old + (1 − share) · now. */
export function movedMean(old: Tensor, now: Tensor, share: number): Tensor {
  return add(mul(old, share), mul(now, 1 - share));
}

/** A running mean of squares after one more value. */
export function movedMeanSquare(old: Tensor, now: Tensor, share: number): Tensor {
  return movedMean(old, square(now), share);
}

/** Coupled (L2) decay: ∇ + λ·w. */
export function coupled(gradient: Tensor, weight: Tensor, decay: number): Tensor {
  return decay === 0 ? gradient : add(gradient, mul(weight, decay));
}

import type { Tensor } from "@tensorflow/tfjs-core";
import { invariant } from "../../base/invariant.js";
import { add, div, greater, logicalAnd, mul, onesLike, sqrt, square, sum, where } from "../tfjs.js";
import { type MomentSettings, movedMean, movedMeanSquare } from "./moments.js";
import type { Optimizer } from "./optimizer.js";

/**
 * LAMB (You et al. 2020, arXiv 1904.00962v5, Alg. 2; φ(x) = x, norms over each tensor):
 *
 *     m = β₁·m + (1 − β₁)·∇;  v = β₂·v + (1 − β₂)·∇²;  r = m / (1 − β₁ᵗ) / (sqrt(v / (1 − β₂ᵗ)) + eps)
 *     u = r + λ·w;  w = w − η · ‖w‖ / ‖u‖ · u
 *
 * The ratio is 1 where one of the norms is 0, as for biases that start at 0.
 */
export function lamb(settings: MomentSettings): Optimizer {
  const { beta1, beta2, eps, weightDecay } = settings;
  return {
    slots: ["exp_avg", "exp_avg_sq"],
    update({ weight, gradient, slots: [mean, variance], rate, step }) {
      invariant(mean && variance, "LAMB needs two slots");
      const newMean = movedMean(mean, gradient, beta1);
      const newVariance = movedMeanSquare(variance, gradient, beta2);
      const denominator = add(sqrt(mul(newVariance, 1 / (1 - beta2 ** step))), eps);
      const adaptive = div(mul(newMean, 1 / (1 - beta1 ** step)), denominator);
      const direction = weightDecay === 0 ? adaptive : add(adaptive, mul(weight, weightDecay));
      const change = mul(mul(direction, trustRatio(weight, direction)), rate);
      return { change, slots: [newMean, newVariance] };
    },
  };
}

function trustRatio(weight: Tensor, direction: Tensor): Tensor {
  const [length, step] = [norm(weight), norm(direction)];
  const bothMove = logicalAnd(greater(length, 0), greater(step, 0));
  return where(bothMove, div(length, step), onesLike(length));
}

/** Euclidean norm. */
function norm(x: Tensor): Tensor {
  return sqrt(sum(square(x)));
}

import { invariant } from "../../base/invariant.js";
import { add, div, mul, sqrt } from "../tfjs.js";
import { coupled, type MomentSettings, movedMean, movedMeanSquare } from "./moments.js";
import type { Optimizer } from "./optimizer.js";

/**
 * Adam (Kingma and Ba 2015) as in PyTorch, with coupled L2 decay:
 *
 *     g = ∇ + λ·w;  m = β₁·m + (1 − β₁)·g;  v = β₂·v + (1 − β₂)·g²
 *     w = w − η / (1 − β₁ᵗ) · m / (sqrt(v) / sqrt(1 − β₂ᵗ) + eps)
 */
export function adam(settings: MomentSettings): Optimizer {
  const { beta1, beta2, eps, weightDecay } = settings;
  return {
    slots: ["exp_avg", "exp_avg_sq"],
    update({ weight, gradient, slots: [mean, variance], rate, step }) {
      invariant(mean && variance, "Adam needs two slots");
      const decayed = coupled(gradient, weight, weightDecay);
      const newMean = movedMean(mean, decayed, beta1);
      const newVariance = movedMeanSquare(variance, decayed, beta2);
      const denominator = add(mul(sqrt(newVariance), 1 / Math.sqrt(1 - beta2 ** step)), eps);
      const change = mul(div(newMean, denominator), rate / (1 - beta1 ** step));
      return { change, slots: [newMean, newVariance] };
    },
  };
}

/**
 * Adam with decoupled decay (Loshchilov and Hutter 2019) as in PyTorch: the gradient stays as it is, and the weight
 * shrinks by η·λ·w beside Adam's step, η being the rate of the tensor's own level.
 */
export function adamw(settings: MomentSettings): Optimizer {
  const plain = adam({ ...settings, weightDecay: 0 });
  return {
    slots: plain.slots,
    update(input) {
      const { change, slots } = plain.update(input);
      if (settings.weightDecay === 0) return { change, slots };
      return { change: add(change, mul(input.weight, input.rate * settings.weightDecay)), slots };
    },
  };
}

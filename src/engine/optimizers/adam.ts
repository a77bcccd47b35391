import { add, div, mul, sqrt, square } from "@tensorflow/tfjs-core";
import { invariant } from "../../base/invariant.js";
import type { OptimizerProgram } from "../../program/types.js";
import type { Optimizer } from "./optimizer.js";

/**
 * Adam (Kingma and Ba 2015) as in PyTorch, with coupled L2 decay:
 *
 *     g = ∇ + λ·w;  m = β₁·m + (1 − β₁)·g;  v = β₂·v + (1 − β₂)·g²
 *     w = w − η / (1 − β₁ᵗ) · m / (sqrt(v) / sqrt(1 − β₂ᵗ) + eps)
 */
export function adam(settings: Extract<OptimizerProgram, { kind: "adam" }>): Optimizer {
  const { beta1, beta2, eps, weightDecay } = settings;
  return {
    slots: ["exp_avg", "exp_avg_sq"],
    update({ weight, gradient, slots: [mean, variance], rate, step }) {
      invariant(mean && variance, "Adam needs two slots");
      const decayed = weightDecay === 0 ? gradient : add(gradient, mul(weight, weightDecay));
      const newMean = add(mul(mean, beta1), mul(decayed, 1 - beta1));
      const newVariance = add(mul(variance, beta2), mul(square(decayed), 1 - beta2));
      const denominator = add(mul(sqrt(newVariance), 1 / Math.sqrt(1 - beta2 ** step)), eps);
      const change = mul(div(newMean, denominator), rate / (1 - beta1 ** step));
      return { change, slots: [newMean, newVariance] };
    },
  };
}

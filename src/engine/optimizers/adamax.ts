import { invariant } from "../../base/invariant.js";
import { abs, add, div, maximum, mul } from "../tfjs.js";
import { coupled, type MomentSettings, movedMean } from "./moments.js";
import type { Optimizer } from "./optimizer.js";

/**
 * Adamax (Kingma and Ba 2015, Alg. 2) as in PyTorch, with coupled L2 decay:
 *
 *     g = ∇ + λ·w;  m = β₁·m + (1 − β₁)·g;  u = max(β₂·u, |g| + eps);  w = w − η / (1 − β₁ᵗ) · m / u
 */
export function adamax(settings: MomentSettings): Optimizer {
  const { beta1, beta2, eps, weightDecay } = settings;
  return {
    slots: ["exp_avg", "exp_inf"],
    update({ weight, gradient, slots: [mean, largest], rate, step }) {
      invariant(mean && largest, "Adamax needs two slots");
      const decayed = coupled(gradient, weight, weightDecay);
      const newMean = movedMean(mean, decayed, beta1);
      const newLargest = maximum(mul(largest, beta2), add(abs(decayed), eps));
      const change = mul(div(newMean, newLargest), rate / (1 - beta1 ** step));
      return { change, slots: [newMean, newLargest] };
    },
  };
}

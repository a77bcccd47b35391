import { invariant } from "../../base/invariant.js";
import type { OptimizerProgram } from "../../program/types.js";
import { add, div, mul, sqrt, square } from "../tfjs.js";
import { coupled } from "./moments.js";
import type { Optimizer } from "./optimizer.js";

/**
 * Adagrad (Duchi et al. 2011) as in PyTorch, with coupled L2 decay:
 *
 *     g = ∇ + λ·w;  s = s + g²;  w = w − η · g / (sqrt(s) + eps)
 */
export function adagrad(settings: Extract<OptimizerProgram, { kind: "adagrad" }>): Optimizer {
  const { eps, initial, weightDecay } = settings;
  return {
    slots: ["sum"],
    start: initial,
    update({ weight, gradient, slots: [sum], rate }) {
      invariant(sum, "Adagrad needs a slot");
      const decayed = coupled(gradient, weight, weightDecay);
      const newSum = add(sum, square(decayed));
      return { change: mul(div(decayed, add(sqrt(newSum), eps)), rate), slots: [newSum] };
    },
  };
}

import { invariant } from "../../base/invariant.js";
import type { OptimizerProgram } from "../../program/types.js";
import { add, div, maximum, mul, sqrt, square, sub } from "../tfjs.js";
import { coupled, movedMean, movedMeanSquare } from "./moments.js";
import type { Optimizer } from "./optimizer.js";

/**
 * RMSprop (Hinton et al. 2012) as in PyTorch, with coupled L2 decay:
 *
 *     g = ∇ + λ·w;  v = α·v + (1 − α)·g²;  d = g / (sqrt(v) + eps)
 *     w = w − η·d,  or with momentum  b = μ·b + d;  w = w − η·b
 *
 * Centred (Graves 2013): sqrt(v − a²) in place of sqrt(v), with the running mean a = α·a + (1 − α)·g. Rounding may
 * leave v below a² where the gradient is constant; the difference then counts as 0.
 */
export function rmsprop(settings: Extract<OptimizerProgram, { kind: "rmsprop" }>): Optimizer {
  const { alpha, eps, momentum, centered, weightDecay } = settings;
  return {
    slots: ["square_avg", ...(centered ? ["grad_avg"] : []), ...(momentum > 0 ? ["momentum"] : [])],
    update({ weight, gradient, slots, rate }) {
      const [meanSquare, ...others] = slots;
      invariant(meanSquare, "RMSprop needs a slot");
      const decayed = coupled(gradient, weight, weightDecay);
      const newMeanSquare = movedMeanSquare(meanSquare, decayed, alpha);
      const kept = [newMeanSquare];
      let spread = newMeanSquare;
      if (centered) {
        const mean = others.shift();
        invariant(mean, "centred RMSprop needs a slot for the mean");
        const newMean = movedMean(mean, decayed, alpha);
        kept.push(newMean);
        spread = maximum(sub(newMeanSquare, square(newMean)), 0);
      }
      const direction = div(decayed, add(sqrt(spread), eps));
      const [buffer] = others;
      if (buffer === undefined) return { change: mul(direction, rate), slots: kept };
      const moved = add(mul(buffer, momentum), direction);
      return { change: mul(moved, rate), slots: [...kept, moved] };
    },
  };
}

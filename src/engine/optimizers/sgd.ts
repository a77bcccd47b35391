import type { OptimizerProgram } from "../../program/types.js";
import { add, mul } from "../tfjs.js";
import type { Optimizer } from "./optimizer.js";

/**
 * Stochastic gradient descent with momentum as in PyTorch (Sutskever et al. 2013, with the rate outside of the buffer,
 * dampening 0) and coupled L2 decay:
 *
 *     g = ∇ + λ·w;  b = μ·b + g;  w = w − η·b,  or  w − η·(g + μ·b) with Nesterov's momentum
 *
 * Without momentum there is no buffer.
 */
export function sgd(settings: Extract<OptimizerProgram, { kind: "sgd" }>): Optimizer {
  const { momentum, nesterov, weightDecay } = settings;
  return {
    slots: momentum === 0 ? [] : ["momentum"],
    update({ weight, gradient, slots, rate }) {
      const decayed = weightDecay === 0 ? gradient : add(gradient, mul(weight, weightDecay));
      const [buffer] = slots;
      if (buffer === undefined) return { change: mul(decayed, rate), slots: [] };
      const moved = add(mul(buffer, momentum), decayed);
      const direction = nesterov ? add(decayed, mul(moved, momentum)) : moved;
      return { change: mul(direction, rate), slots: [moved] };
    },
  };
}

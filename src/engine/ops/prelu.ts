import type { Tensor } from "@tensorflow/tfjs-core";
import { add, minimum, mul, ones, relu, reshape, step, sub, sum } from "../tfjs.js";
import { sumByChannel, withChannels } from "./channels.js";
import { composite, savedAt } from "./composite.js";

/** max(x, 0) + weight · min(x, 0) (He et al. 2015), the weight one a channel, [C], or one for all, [1]. */
export function prelu(x: Tensor, weight: Tensor): Tensor {
  return composite(
    [x, weight],
    () => ({ output: preluValue(x, weight), saved: [x, weight] }),
    (dy, saved) => preluGradient(dy, savedAt(saved, 0), savedAt(saved, 1)),
  );
}

export function preluValue(x: Tensor, weight: Tensor): Tensor {
  return add(relu(x), withChannels(mul, minimum(x, 0), weights(x, weight)));
}

/** dx and dweight; the slope at 0 is the weight. */
export function preluGradient(dy: Tensor, x: Tensor, weight: Tensor): [Tensor, Tensor] {
  const positive = step(x);
  const dx = mul(dy, add(positive, withChannels(mul, sub(1, positive), weights(x, weight))));
  const byChannel = sumByChannel(mul(dy, minimum(x, 0)));
  return [dx, weight.size === 1 ? reshape(sum(byChannel), [1]) : byChannel];
}

/** One weight for each channel of x. */
function weights(x: Tensor, weight: Tensor): Tensor {
  const channels = x.shape[x.rank - 1] ?? 1;
  return weight.size === channels ? weight : mul(weight, ones([channels]));
}

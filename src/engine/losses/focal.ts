import type { Tensor } from "@tensorflow/tfjs-core";
import type { LossProgram } from "../../program/types.js";
import { composite, savedAt } from "../ops/composite.js";
import {
  add,
  div,
  less,
  maximum,
  mul,
  neg,
  onesLike,
  pow,
  scalar,
  sub,
  sum,
  tensor1d,
  where,
} from "../tfjs.js";
import { indicator } from "./indicator.js";
import { type Loss, oneEach } from "./loss.js";
import { softmaxAndLog } from "./softmax.js";

/** Below this rest, log p / (1 − p) is −1 to the last bit that matters. */
const smallRest = 1e-6;

/**
 * Focal loss (Lin et al. 2017) over the softmax p of all classes, with p the share of the sample's class:
 * Σ_b −α_label · (1 − p)^γ · log p. Its gradient with respect to z_k is
 * α · (1 − p)^γ · (γ · p · log p / (1 − p) − 1) · ([k = label] − p_k).
 */
export function focal(settings: Extract<LossProgram, { kind: "focal" }>): Loss {
  const { gamma, alpha } = settings;
  return {
    sum(outputs, { labels }) {
      return composite<Tensor>(
        [outputs],
        () => {
          const truth = indicator(labels, outputs.shape[1]);
          const { probabilities, logs } = softmaxAndLog(outputs);
          const own = (values: Tensor) => sum(mul(values, truth), 1, true);
          const [share, log] = [own(probabilities), own(logs)];
          // 1 − p as the sum of the other shares: exact where p is close to 1.
          const rest = sum(mul(probabilities, sub(1, truth)), 1, true);
          const factor =
            alpha === null ? onesLike(rest) : own(mul(onesLike(truth), tensor1d(alpha as number[])));
          const damped = mul(factor, pow(rest, scalar(gamma)));
          const ratio = where(less(rest, smallRest), neg(onesLike(rest)), div(log, maximum(rest, smallRest)));
          const slope = mul(damped, sub(mul(mul(share, ratio), gamma), 1));
          const gradient = mul(slope, sub(truth, probabilities));
          return { output: neg(sum(mul(damped, log))), saved: [add(gradient, 0)] };
        },
        (dy, saved) => [mul(savedAt(saved, 0), dy)],
      );
    },
    weight: oneEach,
  };
}

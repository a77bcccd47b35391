import type { Tensor2D } from "@tensorflow/tfjs-core";
import { div, exp, log, max, sub, sum } from "../tfjs.js";

/** Softmax and its logarithm over the last axis, without overflow; probabilities [B, K] and their logs. */
export function softmaxAndLog(logits: Tensor2D): { probabilities: Tensor2D; logs: Tensor2D } {
  const shifted = sub(logits, max(logits, 1, true));
  const powers = exp(shifted);
  const total = sum(powers, 1, true);
  return { probabilities: div(powers, total), logs: sub(shifted, log(total)) };
}

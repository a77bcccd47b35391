import type { Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import type { LossProgram } from "../../program/types.js";
import { composite, savedAt } from "../ops/composite.js";
import { add, mul, neg, sub, sum, tensor1d } from "../tfjs.js";
import { indicator } from "./indicator.js";
import { type Loss, oneEach } from "./loss.js";
import { softmaxAndLog } from "./softmax.js";

/**
 * Softmax cross-entropy in nats as in PyTorch: Σ_b Σ_k q_bk · −log softmax(z)_bk against the target
 * q_bk = w_k · ((1 − s)·[k = label] + s / K), with smoothing s (Szegedy et al. 2016) and class weights w. The mean
 * divides by Σ_b w_label. Its gradient is softmax(z) · Σ_k q_k − q.
 */
export function crossEntropy(settings: Extract<LossProgram, { kind: "cross_entropy" }>): Loss {
  const { smoothing, weights } = settings;
  return {
    sum(outputs, { labels }) {
      const classes = outputs.shape[1];
      return composite<Tensor>(
        [outputs],
        () => {
          const { probabilities, logs } = softmaxAndLog(outputs);
          let target: Tensor2D = indicator(labels, classes);
          if (smoothing > 0) target = add(mul(target, 1 - smoothing), smoothing / classes);
          if (weights !== null) target = mul(target, tensor1d(weights as number[]));
          const share = weights === null ? probabilities : mul(probabilities, sum(target, 1, true));
          return { output: neg(sum(mul(target, logs))), saved: [sub(share, target)] };
        },
        (dy, saved) => [mul(savedAt(saved, 0), dy)],
      );
    },
    weight(labels, samples) {
      if (weights === null) return oneEach(labels, samples);
      return labels.reduce((total, label) => total + (weights[label] ?? 0), 0);
    },
  };
}

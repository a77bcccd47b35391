import type { Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import { composite, savedAt } from "../ops/composite.js";
import { abs, add, cast, div, exp, log1p, mul, neg, relu, reshape, sigmoid, sub, sum } from "../tfjs.js";
import { indicator } from "./indicator.js";
import { type Loss, oneEach } from "./loss.js";

/**
 * Binary cross-entropy on logits as in PyTorch, the mean over a sample's K outputs: Σ_b 1/K Σ_k
 * max(z, 0) − z·t + log(1 + exp(−|z|)). The target t is 1 at the sample's class and 0 elsewhere; a single output is
 * the logit of class 1 of two. Its gradient is (sigmoid(z) − t) / K.
 */
export function binaryCrossEntropy(): Loss {
  return {
    sum(outputs, { labels }) {
      return composite<Tensor>(
        [outputs],
        () => {
          const { losses, slopes } = binaryLosses(outputs, labels);
          return { output: div(sum(losses), outputs.shape[1]), saved: [slopes] };
        },
        (dy, saved) => [mul(savedAt(saved, 0), dy)],
      );
    },
    weight: oneEach,
  };
}

/** The loss of each output [B, K], not yet divided by K, and the gradients, which are. */
export function binaryLosses(outputs: Tensor2D, labels: Tensor1D): { losses: Tensor; slopes: Tensor } {
  const [batch, classes] = outputs.shape;
  const target = classes === 1 ? reshape(cast(labels, "float32"), [batch, 1]) : indicator(labels, classes);
  return {
    losses: add(sub(relu(outputs), mul(outputs, target)), log1p(exp(neg(abs(outputs))))),
    slopes: div(sub(sigmoid(outputs), target), classes),
  };
}

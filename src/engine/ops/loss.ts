import {
  cast,
  div,
  exp,
  log,
  max,
  mul,
  neg,
  oneHot,
  step,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from "@tensorflow/tfjs-core";
import { composite, savedAt } from "./composite.js";

/**
 * Softmax cross-entropy, summed over the batch, in nats: Σ_b log Σ_k exp(z_bk) − z_b,label. logits [B, K], labels [B]
 * (int32). Its gradient is softmax(z) − one-hot(label).
 */
export function crossEntropySum(logits: Tensor2D, labels: Tensor1D): Tensor {
  const classes = logits.shape[1];
  return composite<Tensor>(
    [logits],
    () => {
      const shifted = sub(logits, max(logits, 1, true));
      const powers = exp(shifted);
      const total = sum(powers, 1, true);
      const truth = indicator(labels, classes);
      const logLikelihood = mul(truth, sub(shifted, log(total)));
      return { output: neg(sum(logLikelihood)), saved: [sub(div(powers, total), truth)] };
    },
    (dy, saved) => [mul(savedAt(saved, 0), dy)],
  );
}

/**
 * For each sample the number of classes with a logit strictly greater than the label's: 0 where the label wins or
 * ties. A sample counts for top(k) if it is below k. [B, K] → [B]
 */
export function labelRanks(logits: Tensor2D, labels: Tensor1D): Tensor1D {
  const truth = indicator(labels, logits.shape[1]);
  const own = sum(mul(logits, truth), 1, true);
  return sum(step(sub(logits, own)), 1);
}

/** 1 at each sample's class, else 0: [B] → [B, K]. Made of whole numbers: wasm's one-hot writes no other type rightly. */
function indicator(labels: Tensor1D, classes: number): Tensor2D {
  return cast(oneHot(labels, classes), "float32") as Tensor2D;
}

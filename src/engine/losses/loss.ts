import type { Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";

/** What the outputs of a batch are compared with. */
export interface Truth {
  /** Class of each sample [B], int32; empty where the target is numbers. */
  readonly labels: Tensor1D;
  /** Numbers to be met [B, n]; null where the target is a class. */
  readonly targets: Tensor2D | null;
}

/** A loss over the outputs [B, K] of the last layer. Its mean over a batch is `sum / weight`. */
export interface Loss {
  /** Differentiable in the outputs. */
  sum(outputs: Tensor2D, truth: Truth): Tensor;
  /** What the mean divides by: the number of samples, or the sum of the weights of their classes. */
  weight(labels: Int32Array, samples: number): number;
}

/** Samples count alike. */
export function oneEach(_labels: Int32Array, samples: number): number {
  return samples;
}

/**
 * The vocabulary in which operators say what they compute. An operator's `forward` is written once against this
 * interface; the engine implements it (with gradients) in TensorFlow.js, so an operator is one file and `language`
 * never loads a tensor library. `T` is the engine's tensor. All shapes include the batch dimension, first.
 */
export interface ForwardContext<T> {
  readonly phase: "train" | "evaluate";
  /** A tensor of the layer at hand by its name: `weight`, `bias`. */
  tensor(name: string): T;

  /** x · weight (+ bias); x [B, …, in], weight [in, out], bias [out]. */
  linear(x: T, weight: T, bias: T | null): T;
  /** Cross-correlation; x [B, H, W, C], weight [kh, kw, C / groups, filters], zero padding on all four sides. */
  conv2d(x: T, weight: T, bias: T | null, options: Conv2dOptions): T;
  /** Maximum over windows; padding counts as minus infinity. The first of equal maxima gets the gradient. */
  maxPool2d(x: T, options: Pool2dOptions): T;
  /** Mean over windows; padding counts as zero and is counted (PyTorch's count_include_pad). */
  avgPool2d(x: T, options: Pool2dOptions): T;
  /** Mean over height and width: [B, H, W, C] → [B, C]. */
  globalAvgPool2d(x: T): T;
  /**
   * Ioffe and Szegedy 2015 over all axes but the last, on the layer's tensors `weight`, `bias`, `mean`, `variance`.
   * Training normalises with the batch's biased variance and moves the running statistics by a share of
   * `1 − momentum`, the running variance with the unbiased one (as PyTorch); evaluation uses the running statistics.
   */
  batchNorm(x: T, options: { readonly eps: number; readonly momentum: number }): T;
  relu(x: T): T;
  /** Gives the samples a new shape (without batch). */
  reshape(x: T, shape: readonly number[]): T;
  /** In training zeroes each element with probability `rate` and scales the rest by 1 / (1 − rate); else identity. */
  dropout(x: T, rate: number): T;
  add(a: T, b: T): T;
  /** Along the last axis. */
  concat(tensors: readonly T[]): T;
}

export interface Conv2dOptions {
  readonly stride: number;
  /** On every side. */
  readonly padding: number;
  readonly dilation: number;
  readonly groups: number;
}

export interface Pool2dOptions {
  readonly size: number;
  readonly stride: number;
  readonly padding: number;
}

import type { SequenceOperations } from "./forward-sequence.js";

/**
 * The vocabulary in which operators say what they compute. An operator's `forward` is written once against this
 * interface; the engine implements it (with gradients) in TensorFlow.js, so an operator is one file and `language`
 * never loads a tensor library. `T` is the engine's tensor. All shapes include the batch dimension, first.
 */
export interface ForwardContext<T> extends SequenceOperations<T> {
  readonly phase: "train" | "evaluate";
  /** A tensor of the layer at hand by its name: `weight`, `bias`. */
  tensor(name: string): T;
  /** Sizes of one sample of x, without the batch. */
  shape(x: T): readonly number[];

  /** x · weight (+ bias); x [B, …, in], weight [in, out], bias [out]. */
  linear(x: T, weight: T, bias: T | null): T;
  /** Cross-correlation; x [B, H, W, C], weight [kh, kw, C / groups, filters], zero padding on all four sides. */
  conv2d(x: T, weight: T, bias: T | null, options: Conv2dOptions): T;
  /** The same along one axis; x [B, L, C], weight [taps, C / groups, filters]. */
  conv1d(x: T, weight: T, bias: T | null, options: Conv2dOptions): T;
  /**
   * Transposed convolution, the adjoint of `conv2d` with this weight [kh, kw, filters / groups, C] (its `filters` are
   * what comes in): every value of x spreads a kernel over the output, `padding` is cut off on all four sides, and
   * `outputPadding` rows and columns are added at the end (PyTorch ConvTranspose2d).
   */
  convTranspose2d(x: T, weight: T, bias: T | null, options: ConvTranspose2dOptions): T;
  /** Maximum over windows; padding counts as minus infinity. The first of equal maxima gets the gradient. */
  maxPool2d(x: T, options: Pool2dOptions): T;
  /** Mean over windows; padding counts as zero and is counted (PyTorch's count_include_pad). */
  avgPool2d(x: T, options: Pool2dOptions): T;
  /** Mean over height and width: [B, H, W, C] → [B, C]. */
  globalAvgPool2d(x: T): T;
  /** Maximum over height and width: [B, H, W, C] → [B, C]. The first of equal maxima gets the gradient. */
  globalMaxPool2d(x: T): T;
  /** Means over windows that share the image evenly: bin i of n reaches from ⌊i H / n⌋ up to, without, ⌈(i + 1) H / n⌉. */
  adaptiveAvgPool2d(x: T, rows: number, columns: number): T;
  /**
   * A larger image by a whole factor: each value repeated (`nearest`), or interpolated between pixel centres, edges
   * held (`bilinear`; PyTorch's align_corners=False).
   */
  upsample2d(x: T, factor: number, mode: "nearest" | "bilinear"): T;
  /**
   * Ioffe and Szegedy 2015 over all axes but the last, on the layer's tensors `weight`, `bias`, `mean`, `variance`.
   * Training normalises with the batch's biased variance and moves the running statistics by a share of
   * `1 − momentum`, the running variance with the unbiased one (as PyTorch); evaluation uses the running statistics.
   */
  batchNorm(x: T, options: { readonly eps: number; readonly momentum: number }): T;
  /** Ba et al. 2016: each row of channels (last axis) to mean 0 and variance 1, then weight · x + bias. */
  layerNorm(x: T, weight: T, bias: T, eps: number): T;
  /** Wu and He 2018: as `layerNorm`, over all positions of a sample and a group of channels at once; weight, bias [C]. */
  groupNorm(x: T, weight: T, bias: T, options: { readonly groups: number; readonly eps: number }): T;
  /** Zhang and Sennrich 2019: weight · x / sqrt(mean(x²) + eps) over the last axis. */
  rmsNorm(x: T, weight: T, eps: number): T;
  relu(x: T): T;
  /** A function of each element; formulas at `Activation`. */
  activation(x: T, kind: Activation, parameter?: number): T;
  /** max(x, 0) + weight · min(x, 0), with one weight a channel, [C], or one for all, [1]. */
  prelu(x: T, weight: T): T;
  /** exp(x) / Σ exp(x) along a sample axis. */
  softmax(x: T, axis: number): T;
  /** Gives the samples a new shape (without batch). */
  reshape(x: T, shape: readonly number[]): T;
  /** In training zeroes each element with probability `rate` and scales the rest by 1 / (1 − rate); else identity. */
  dropout(x: T, rate: number): T;
  /** In training zeroes each whole sample with probability `rate` and scales the rest by 1 / (1 − rate). */
  dropPath(x: T, rate: number): T;
  add(a: T, b: T): T;
  /** a · b; b has a's sizes, or 1 in their place, and may lack a's first sample axes. */
  multiply(a: T, b: T): T;
  /** Side by side along a sample axis, from 0; the last when left out. */
  concat(tensors: readonly T[], axis?: number): T;
  /** Sample axes in another order: axis i of the output is axis `order[i]` of x. */
  transpose(x: T, order: readonly number[]): T;
  /** Adds so many places before and after each sample axis, filled with `value`. */
  pad(x: T, margins: readonly (readonly [number, number])[], value: number): T;
  /** The part of each sample that starts at `start` and has `size` places, for each sample axis. */
  slice(x: T, start: readonly number[], size: readonly number[]): T;
  /** Mean over one sample axis, which goes; along a sequence of tokens over the filled places only. */
  mean(x: T, axis: number): T;
}

/**
 * Functions of one number:
 * - leaky_relu: x or, below 0, parameter · x (Maas et al. 2013)
 * - elu: x or, below 0, parameter · (exp(x) − 1) (Clevert et al. 2016)
 * - gelu: x · Φ(x), Φ the normal distribution (Hendrycks and Gimpel 2016); gelu_tanh is their approximation
 *   x/2 · (1 + tanh(sqrt(2/π) · (x + 0.044715 x³))), quick_gelu theirs by x · σ(1.702 x)
 * - silu: x · σ(x) (Elfwing et al. 2017); hard_swish: x · min(max(x + 3, 0), 6) / 6 (Howard et al. 2019)
 */
export type Activation =
  | "leaky_relu"
  | "elu"
  | "gelu"
  | "gelu_tanh"
  | "quick_gelu"
  | "silu"
  | "hard_swish"
  | "tanh"
  | "sigmoid";

export interface Conv2dOptions {
  readonly stride: number;
  /** On every side. */
  readonly padding: number;
  readonly dilation: number;
  readonly groups: number;
}

export interface ConvTranspose2dOptions extends Conv2dOptions {
  /** Rows and columns added at the end; fewer than the larger of stride and dilation. */
  readonly outputPadding: number;
}

export interface Pool2dOptions {
  readonly size: number;
  readonly stride: number;
  readonly padding: number;
}

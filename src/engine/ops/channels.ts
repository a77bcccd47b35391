import type { Tensor, Tensor1D } from "@tensorflow/tfjs-core";
import { avgPool, mul, ones, reshape } from "../tfjs.js";
import { asImages } from "./composite.js";
import { matMul } from "./matmul.js";

/**
 * Sum over all axes but the last: [..., C] → [C]. Images are first averaged over height and width, which keeps the
 * partial sums short (float32 rounding) and is many times faster on wasm than a reduction.
 */
export function sumByChannel(x: Tensor): Tensor1D {
  if (x.rank === 4) {
    const [batch, height, width, channels] = asImages(x).shape;
    const means = avgPool(asImages(x), [height, width], 1, "valid");
    return mul(sumByChannel(reshape(means, [batch, channels])), height * width);
  }
  const channels = x.shape[x.rank - 1] ?? 1;
  const rows = x.size / channels;
  return reshape(matMul(ones([1, rows]), reshape(x, [rows, channels])), [channels]);
}

/** Number of values that `sumByChannel` adds up for each channel. */
export function valuesPerChannel(x: Tensor): number {
  return x.size / (x.shape[x.rank - 1] ?? 1);
}

/**
 * Applies `operation` to x and a vector with one number a channel, [C]. Rows of images are taken whole (the vector is
 * repeated along the width): broadcasting over rows of C numbers alone is five times slower on wasm.
 */
export function withChannels(
  operation: (x: Tensor, vector: Tensor) => Tensor,
  x: Tensor,
  vector: Tensor,
): Tensor {
  if (x.rank !== 4) return operation(x, vector);
  const [batch, height, width, channels] = asImages(x).shape;
  const row = reshape(mul(ones([width, 1]), reshape(vector, [1, channels])), [1, width * channels]);
  return reshape(operation(reshape(x, [batch * height, width * channels]), row), x.shape);
}

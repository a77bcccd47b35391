import type { Tensor4D } from "@tensorflow/tfjs-core";
import { depthwiseConv2d, mul, pad, reshape, reverse, slice, stack, stridedSlice, sum } from "../tfjs.js";
import { sumByChannel } from "./channels.js";
import { dySpread, type Pair, type Sliding, withoutStridedHoles } from "./sliding.js";
import { spread } from "./spread.js";

/**
 * Convolutions with as many groups as channels: every channel has its own kernels, `m` of them (filter c · m + q is the
 * q-th of channel c). Kernels are [kh, kw, 1, C · m] as for any number of groups.
 */
export function isDepthwise(kernel: Tensor4D, groups: number): boolean {
  return groups > 1 && kernel.shape[2] === 1;
}

/** x [B, H, W, C] → [B, H', W', C · m]. */
export function depthwiseConvolve(x: Tensor4D, kernel: Tensor4D, sliding: Sliding): Tensor4D {
  const [height, width, , filters] = kernel.shape;
  const channels = sliding.groups;
  const perChannel: Tensor4D = reshape(kernel, [height, width, channels, filters / channels]);
  return run(surround(x, sliding.padding), perChannel, sliding.stride, sliding.dilation);
}

/** As `inputGradient` of convolve.ts: each channel hears of its own filters only. */
export function depthwiseInputGradient(
  dy: Tensor4D,
  kernel: Tensor4D,
  size: Pair,
  { stride, padding, dilation, groups }: Sliding,
): Tensor4D {
  const [height, width, , filters] = kernel.shape;
  const rows = dySpread(size[0], height, stride[0], padding[0], dilation[0]);
  const columns = dySpread(size[1], width, stride[1], padding[1], dilation[1]);
  const turned: Tensor4D = reshape(reverse(kernel, [0, 1]), [height, width, filters, 1]);
  const byFilter = run(spread(dy, rows, columns), turned, [1, 1], dilation);
  if (filters === groups) return byFilter;
  const apart = reshape(byFilter, [dy.shape[0] * size[0] * size[1], groups, filters / groups]);
  return reshape(sum(apart, 2), [dy.shape[0], size[0], size[1], groups]);
}

/** As `kernelGradient` of convolve.ts, tap by tap: what the tap saw, times dy, summed by filter. */
export function depthwiseKernelGradient(
  dy: Tensor4D,
  x: Tensor4D,
  kernel: Tensor4D,
  { stride, padding, dilation, groups }: Sliding,
): Tensor4D {
  const [height, width, , filters] = kernel.shape;
  const [batch, outHeight, outWidth] = dy.shape;
  const padded = surround(x, padding);
  const places = batch * outHeight * outWidth;
  const multiplier = filters / groups;
  const apart = reshape(dy, [places, groups, multiplier]);
  const taps = Array.from({ length: height * width }, (_, tap) => {
    const row = Math.floor(tap / width) * dilation[0];
    const column = (tap % width) * dilation[1];
    const seen = every(padded, [row, column], stride, [outHeight, outWidth]);
    const products =
      multiplier === 1
        ? mul(seen, dy)
        : reshape(mul(reshape(seen, [places, groups, 1]), apart), [batch, outHeight, outWidth, filters]);
    return sumByChannel(products);
  });
  return reshape(stack(taps), [height, width, 1, filters]);
}

/** The library's kernel, without padding. Its kernels are [kh, kw, C, m]. */
function run(x: Tensor4D, kernel: Tensor4D, stride: Pair, dilation: Pair): Tensor4D {
  const dense = withoutStridedHoles(kernel, stride, dilation);
  return depthwiseConv2d(x, dense.taps, [stride[0], stride[1]], "valid", "NHWC", [
    dense.dilation[0],
    dense.dilation[1],
  ]);
}

/** Every stride-th position of an image, `size` of them in each direction. */
function every(x: Tensor4D, [row, column]: Pair, stride: Pair, size: Pair): Tensor4D {
  const [batch, , , channels] = x.shape;
  if (stride[0] === 1 && stride[1] === 1)
    return slice(x, [0, row, column, 0], [batch, size[0], size[1], channels]);
  const end = (start: number, axis: 0 | 1) => start + (size[axis] - 1) * stride[axis] + 1;
  return stridedSlice(
    x,
    [0, row, column, 0],
    [batch, end(row, 0), end(column, 1), channels],
    [1, stride[0], stride[1], 1],
  ) as Tensor4D;
}

function surround(x: Tensor4D, padding: Pair): Tensor4D {
  if (padding[0] === 0 && padding[1] === 0) return x;
  return pad(x, [
    [0, 0],
    [padding[0], padding[0]],
    [padding[1], padding[1]],
    [0, 0],
  ]);
}

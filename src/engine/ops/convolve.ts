import type { Tensor4D } from "@tensorflow/tfjs-core";
import {
  concat,
  getBackend,
  conv2d as libraryConv2d,
  pad,
  reverse,
  slice,
  split,
  transpose,
} from "../tfjs.js";
import {
  depthwiseConvolve,
  depthwiseInputGradient,
  depthwiseKernelGradient,
  isDepthwise,
} from "./depthwise.js";
import { dySpread, type Pair, type Sliding, withoutStridedHoles } from "./sliding.js";
import { spread } from "./spread.js";

/**
 * Cross-correlation and its two adjoints, not differentiated: what the differentiable convolutions are made of.
 * x [B, H, W, C], kernel [kh, kw, C / groups, F] → [B, H', W', F].
 */
export function convolve(x: Tensor4D, kernel: Tensor4D, sliding: Sliding): Tensor4D {
  if (isDepthwise(kernel, sliding.groups)) return depthwiseConvolve(x, kernel, sliding);
  const [top, left] = sliding.padding;
  return inGroups(sliding.groups, [x, kernel], (x, w) =>
    slide(x, w, { ...sliding, rows: [top, top], columns: [left, left] }),
  );
}

/** What reaches an input of `size` when `dy` comes back from its convolution: also the transposed convolution of dy. */
export function inputGradient(dy: Tensor4D, kernel: Tensor4D, size: Pair, sliding: Sliding): Tensor4D {
  if (isDepthwise(kernel, sliding.groups)) return depthwiseInputGradient(dy, kernel, size, sliding);
  return inGroups(sliding.groups, [dy, kernel], (dy, w) => plainInputGradient(dy, w, size, sliding));
}

/** What reaches the kernel, of the shape given, when `dy` comes back from the convolution of x with it. */
export function kernelGradient(dy: Tensor4D, x: Tensor4D, kernel: Tensor4D, sliding: Sliding): Tensor4D {
  if (isDepthwise(kernel, sliding.groups)) return depthwiseKernelGradient(dy, x, kernel, sliding);
  return inGroups(sliding.groups, [dy, x, kernel], (dy, x, w) => plainKernelGradient(dy, x, w, sliding));
}

/** Cuts each operand into `groups` along its last axis, runs the parts side by side, and joins the results there. */
function inGroups<T extends readonly Tensor4D[]>(
  groups: number,
  operands: readonly [...T],
  run: (...parts: T) => Tensor4D,
): Tensor4D {
  if (groups === 1) return run(...operands);
  const parts = operands.map((operand) => split(operand, groups, 3));
  const results = Array.from({ length: groups }, (_, group) =>
    run(...(parts.map((part) => part[group]) as unknown as T)),
  );
  return concat(results, 3);
}

/**
 * dy, spread to the input's resolution, under the kernel turned by half a circle with its last two axes exchanged:
 * again a convolution.
 */
function plainInputGradient(
  dy: Tensor4D,
  kernel: Tensor4D,
  size: Pair,
  { stride, padding, dilation }: Sliding,
): Tensor4D {
  const [, outHeight, outWidth] = dy.shape;
  const turned = transpose(reverse(kernel, [0, 1]), [0, 1, 3, 2]);
  const rows = dySpread(size[0], kernel.shape[0], stride[0], padding[0], dilation[0]);
  const columns = dySpread(size[1], kernel.shape[1], stride[1], padding[1], dilation[1]);
  const sides = (axis: typeof rows, have: number): Pair => [axis.before, axis.size - axis.before - have];
  const [above, below] = sides(rows, outHeight);
  const [left, right] = sides(columns, outWidth);
  const dense = stride[0] === 1 && stride[1] === 1;
  if (dense && Math.min(above, below, left, right) >= 0) {
    // Only zeros around dy are missing, which the convolution adds without a copy.
    return slide(dy, turned, { stride: [1, 1], dilation, rows: [above, below], columns: [left, right] });
  }
  return slide(spread(dy, rows, columns), turned, {
    stride: [1, 1],
    dilation,
    rows: [0, 0],
    columns: [0, 0],
  });
}

/**
 * dW[i, j, c, f] = Σ x[b, s·u + d·i − p, …, c] · dy[b, u, …, f] is itself a convolution: channels take the place of the
 * batch, the batch that of channels, dy that of the kernel, and stride and dilation change roles. So it runs on the
 * library's one fast kernel and needs no copy of the windows.
 */
function plainKernelGradient(
  dy: Tensor4D,
  x: Tensor4D,
  kernel: Tensor4D,
  { stride, dilation, padding }: Sliding,
): Tensor4D {
  const [kernelHeight, kernelWidth, channels, filters] = kernel.shape;
  const sums = slide(transpose(x, [3, 1, 2, 0]), transpose(dy, [1, 2, 0, 3]), {
    stride: dilation,
    dilation: stride,
    rows: [padding[0], padding[0]],
    columns: [padding[1], padding[1]],
  });
  // Positions that the stride never reached make the result larger than the kernel.
  const [, rows, columns] = sums.shape;
  const exact =
    rows === kernelHeight && columns === kernelWidth
      ? sums
      : slice(sums, [0, 0, 0, 0], [channels, kernelHeight, kernelWidth, filters]);
  return transpose(exact, [1, 2, 0, 3]);
}

/** One call of the library's forward kernel, around its limits. */
function slide(
  x: Tensor4D,
  kernel: Tensor4D,
  sliding: { readonly stride: Pair; readonly dilation: Pair; readonly rows: Pair; readonly columns: Pair },
): Tensor4D {
  const { stride, rows, columns } = sliding;
  const { taps, dilation } = withoutStridedHoles(kernel, stride, sliding.dilation);
  const padded = rows[0] + rows[1] + columns[0] + columns[1] > 0;
  const margins: [[number, number], [number, number], [number, number], [number, number]] = [
    [0, 0],
    [rows[0], rows[1]],
    [columns[0], columns[1]],
    [0, 0],
  ];
  // tfjs-node's kernels refuse explicit padding.
  const padHere = padded && getBackend() === "tensorflow";
  const input = padHere ? pad(x, margins) : x;
  return libraryConv2d(input, taps, [stride[0], stride[1]], padded && !padHere ? margins : "valid", "NHWC", [
    dilation[0],
    dilation[1],
  ]);
}

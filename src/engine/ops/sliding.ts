import type { Tensor4D } from "@tensorflow/tfjs-core";
import { reshape } from "../tfjs.js";
import { spread } from "./spread.js";

/** Rows, columns. */
export type Pair = readonly [number, number];

/** How a kernel slides over an image. */
export interface Sliding {
  readonly stride: Pair;
  /** Zeros on both sides of each axis. */
  readonly padding: Pair;
  readonly dilation: Pair;
  readonly groups: number;
}

/** Where dy's positions lie, along one axis, under a kernel that is read backwards. */
export function dySpread(size: number, taps: number, stride: number, padding: number, dilation: number) {
  const reach = dilation * (taps - 1);
  return { stride, before: reach - padding, size: size + reach };
}

/** TensorFlow.js refuses stride and dilation together: the holes of the kernel are then written out as zeros. */
export function withoutStridedHoles(
  kernel: Tensor4D,
  stride: Pair,
  dilation: Pair,
): { readonly taps: Tensor4D; readonly dilation: Pair } {
  if (Math.max(...stride) === 1 || Math.max(...dilation) === 1) return { taps: kernel, dilation };
  const [height, width, channels, filters] = kernel.shape;
  const axis = (taps: number, distance: number) => ({
    stride: distance,
    before: 0,
    size: distance * (taps - 1) + 1,
  });
  const rows = axis(height, dilation[0]);
  const columns = axis(width, dilation[1]);
  const dilated = spread(reshape(kernel, [1, height, width, channels * filters]), rows, columns);
  return { taps: reshape(dilated, [rows.size, columns.size, channels, filters]), dilation: [1, 1] };
}

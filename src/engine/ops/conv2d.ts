import {
  add,
  concat,
  getBackend,
  conv2d as libraryConv2d,
  pad,
  reshape,
  reverse,
  slice,
  split,
  type Tensor,
  type Tensor4D,
  transpose,
} from "@tensorflow/tfjs-core";
import type { Conv2dOptions } from "../../language/forward.js";
import { sumByChannel, withChannels } from "./channels.js";
import { asImages, composite, savedAt } from "./composite.js";
import { spread } from "./spread.js";

/** What one plain convolution (no groups) needs besides its operands. */
interface Sliding {
  readonly stride: number;
  readonly dilation: number;
  /** Zeros above and below. */
  readonly rows: readonly [number, number];
  /** Zeros to the left and to the right. */
  readonly columns: readonly [number, number];
}

/**
 * Cross-correlation with zero padding; x [B, H, W, C], weight [kh, kw, C / groups, F], bias [F] → [B, H', W', F].
 *
 * @param inputGradient false where x does not depend on any parameter: its gradient, as dear as the forward pass, is
 *   then left out
 */
export function conv2d(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null,
  options: Conv2dOptions,
  inputGradient: boolean,
): Tensor {
  const images = asImages(x);
  const kernel = asImages(weight);
  const inputs = [...(inputGradient ? [x] : []), weight, ...(bias ? [bias] : [])];
  return composite<Tensor4D>(
    inputs,
    () => {
      const { stride, dilation, padding, groups } = options;
      const sides: readonly [number, number] = [padding, padding];
      const y = inGroups(groups, [images, kernel], (x, w) =>
        slide(x, w, { stride, dilation, rows: sides, columns: sides }),
      );
      const output = bias ? asImages(withChannels(add, y, bias)) : y;
      return { output, saved: [images, kernel] };
    },
    (dy, saved) => {
      const images = asImages(savedAt(saved, 0));
      const kernel = asImages(savedAt(saved, 1));
      const { groups } = options;
      const gradients: Tensor[] = [];
      if (inputGradient)
        gradients.push(
          inGroups(groups, [dy, kernel, images], (dy, w, x) => inputGradientOf(dy, w, x, options)),
        );
      gradients.push(
        inGroups(groups, [dy, images, kernel], (dy, x, w) => filterGradientOf(dy, x, w, options)),
      );
      if (bias) gradients.push(sumByChannel(dy));
      return gradients;
    },
  );
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
 * The gradient of the input: dy, spread to the input's resolution, under the kernel turned by half a circle with its
 * channel axes exchanged (Dumoulin and Visin 2016, ch. 4). Every tap of the forward pass is met once, also those of
 * positions that a stride leaves out.
 */
function inputGradientOf(
  dy: Tensor4D,
  kernel: Tensor4D,
  x: Tensor4D,
  { stride, dilation, padding }: Conv2dOptions,
): Tensor4D {
  const [, height, width] = x.shape;
  const [, outHeight, outWidth] = dy.shape;
  const turned = transpose(reverse(kernel, [0, 1]), [0, 1, 3, 2]);
  const axis = (size: number, taps: number) => {
    const reach = dilation * (taps - 1);
    return { stride, before: reach - padding, size: size + reach };
  };
  const rows = axis(height, kernel.shape[0]);
  const columns = axis(width, kernel.shape[1]);
  if (stride === 1 && rows.before >= 0 && columns.before >= 0) {
    // Only zeros around dy are missing, which the convolution adds without a copy.
    const sides = (axisSpread: typeof rows, have: number): [number, number] => [
      axisSpread.before,
      axisSpread.size - axisSpread.before - have,
    ];
    return slide(dy, turned, {
      stride: 1,
      dilation,
      rows: sides(rows, outHeight),
      columns: sides(columns, outWidth),
    });
  }
  return slide(spread(dy, rows, columns), turned, { stride: 1, dilation, rows: [0, 0], columns: [0, 0] });
}

/**
 * The gradient of the kernel, dW[i, j, c, f] = Σ x[b, s·u + d·i − p, …, c] · dy[b, u, …, f], is itself a convolution:
 * channels take the place of the batch, the batch that of channels, dy that of the kernel, and stride and dilation
 * change roles. So it runs on the library's one fast kernel and needs no copy of the windows.
 */
function filterGradientOf(
  dy: Tensor4D,
  x: Tensor4D,
  kernel: Tensor4D,
  { stride, dilation, padding }: Conv2dOptions,
): Tensor4D {
  const [kernelHeight, kernelWidth, channels, filters] = kernel.shape;
  const sums = slide(transpose(x, [3, 1, 2, 0]), transpose(dy, [1, 2, 0, 3]), {
    stride: dilation,
    dilation: stride,
    rows: [padding, padding],
    columns: [padding, padding],
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
function slide(x: Tensor4D, kernel: Tensor4D, sliding: Sliding): Tensor4D {
  const { stride, rows, columns } = sliding;
  let { dilation } = sliding;
  let taps = kernel;
  if (stride > 1 && dilation > 1) {
    // TensorFlow.js refuses the two together: write the holes of the kernel out as zeros.
    taps = writeOutHoles(kernel, dilation);
    dilation = 1;
  }
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
  return libraryConv2d(input, taps, stride, padded && !padHere ? margins : "valid", "NHWC", dilation);
}

function writeOutHoles(kernel: Tensor4D, dilation: number): Tensor4D {
  const [height, width, channels, filters] = kernel.shape;
  const axis = (taps: number) => ({ stride: dilation, before: 0, size: dilation * (taps - 1) + 1 });
  const rows = axis(height);
  const columns = axis(width);
  const dilated = spread(reshape(kernel, [1, height, width, channels * filters]), rows, columns);
  return reshape(dilated, [rows.size, columns.size, channels, filters]);
}

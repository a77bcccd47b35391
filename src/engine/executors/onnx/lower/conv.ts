import type { SlidingAttributes } from "../../../kinds/conv.js";
import type { Lower, Lowering } from "../values.js";
import { blockedConv, blockedInputGrad, canBeInBlocks } from "./conv-blocked.js";
import { filterGrad } from "./conv-filter.js";
import { rowsConv, rowsInputGrad } from "./conv-rows.js";
import { backwards, type ConvShape } from "./conv-shape.js";

/**
 * How a convolution runs: on images in blocks, the fastest; as products of matrices, where the kernel outweighs the
 * images, so that turning it into blocks would cost more than it gains; or as ONNX has it, channels first.
 */
function wayOf(l: Lowering, shape: ConvShape): "blocks" | "rows" | "first" {
  if (shape.groups !== 1 || !canBeInBlocks(l.values, shape)) return "first";
  const [kernel, images] = [shape.kernel, shape.y].map((sizes) =>
    sizes.reduce((product, size) => product * size, 1),
  );
  return (kernel ?? 0) > 4 * (images ?? 0) ? "rows" : "blocks";
}

const both = ([rows, columns]: readonly [number, number]) => [rows, columns, rows, columns];

/** A kernel [kh, kw, C, F] as [F, C, kh, kw]. */
function turnedKernel(l: Lowering, index: number): string {
  return l.writer.transpose(l.input(index), [3, 2, 0, 1]);
}

/**
 * Image and kernel, channels first, with channels of zeros up to a multiple of 4: onnxruntime 1.30 on WebGPU takes channels
 * three at a time where they are a multiple of 3 and filters one of 4, and computes other numbers if there are more than
 * three channels and one tap.
 */
function notByThree(
  l: Lowering,
  operands: readonly [string, string],
  [channels, filters]: readonly [number, number],
): readonly string[] {
  const byThree = channels > 3 && channels % 3 === 0 && channels % 4 !== 0 && filters % 4 === 0;
  if (l.values.target.channelsByThree || !byThree) return operands;
  const zeros = l.writer.wholes([0, 0, 0, 0, 0, 4 - (channels % 4), 0, 0]);
  return operands.map((operand) => l.writer.node("Pad", [operand, zeros]));
}

const conv2d =
  (relu: boolean): Lower =>
  (l) => {
    const shape = {
      ...l.attributes<SlidingAttributes>(),
      x: l.shape(0),
      kernel: l.shape(1),
      y: l.outputShape(),
    };
    const way = wayOf(l, shape);
    if (way === "blocks") return blockedConv(l, shape, relu);
    if (way === "rows") return rowsConv(l, shape, relu);
    const { stride, padding, dilation, groups } = shape;
    const attributes = { strides: stride, pads: both(padding), dilations: dilation, group: groups };
    const operands = [l.input(0, "first"), turnedKernel(l, 1)] as const;
    const [, , channels = 1, filters = 1] = shape.kernel;
    const inputs = groups > 1 ? operands : notByThree(l, operands, [channels, filters]);
    const made = l.writer.node("Conv", [...inputs, ...(l.count > 2 ? [l.input(2)] : [])], attributes);
    l.output(0, relu ? l.writer.node("Relu", [made]) : made, "first");
  };

const inputGrad: Lower = (l) => {
  const shape = {
    ...l.attributes<SlidingAttributes>(),
    x: l.outputShape(),
    kernel: l.shape(1),
    y: l.shape(0),
  };
  const { stride, padding, dilation, groups, x, y } = shape;
  const reach = ([0, 1] as const).map((axis) => dilation[axis] * ((shape.kernel[axis] ?? 1) - 1));
  const margins = ([0, 1] as const).map((axis) => (reach[axis] ?? 0) - padding[axis]);
  const dense = groups === 1 && stride.every((step) => step === 1) && margins.every((margin) => margin >= 0);
  const way = wayOf(l, shape);
  if (way === "rows") return rowsInputGrad(l, shape);
  if (dense && way === "blocks" && l.values.fitsBlocks(x)) return blockedInputGrad(l, shape, margins);
  if (dense) {
    // The kernel read backwards, channels for filters: again a convolution, and a faster one than its transpose.
    const kernel = l.writer.transpose(backwards(l, l.input(1)), [2, 3, 0, 1]);
    const attributes = { strides: [1, 1], pads: [...margins, ...margins], dilations: dilation };
    const [, , channels = 1, filters = 1] = shape.kernel;
    const inputs = notByThree(l, [l.input(0, "first"), kernel], [filters, channels]);
    l.output(0, l.writer.node("Conv", inputs, attributes), "first");
    return;
  }
  const rest = ([0, 1] as const).map(
    (axis) =>
      (x[axis + 1] ?? 1) +
      2 * padding[axis] -
      (reach[axis] ?? 0) -
      1 -
      ((y[axis + 1] ?? 1) - 1) * stride[axis],
  );
  const attributes = {
    strides: stride,
    pads: both(padding),
    dilations: dilation,
    group: groups,
    output_padding: rest,
  };
  l.output(0, l.writer.node("ConvTranspose", [l.input(0, "first"), turnedKernel(l, 1)], attributes), "first");
};

export const convolutions: Readonly<Record<string, Lower>> = {
  "lerac.Conv2d": conv2d(false),
  "lerac.Conv2dInputGrad": inputGrad,
  "lerac.Conv2dFilterGrad": filterGrad,
};

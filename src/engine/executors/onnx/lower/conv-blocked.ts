import type { Lowering, Values } from "../values.js";
import type { ConvShape } from "./conv-shape.js";

/** Whether the runtime's kernels for blocks take it: whole blocks, or an image with fewer channels than one. */
export function canBeInBlocks(
  values: Values,
  { kernel: [, , channels = 1, filters = 1] }: ConvShape,
): boolean {
  const { block } = values;
  return block !== null && filters % block === 0 && (channels < block || channels % block === 0);
}

/** A convolution over images in blocks; the image itself, with fewer channels, comes channels first. */
export function blockedConv(l: Lowering, shape: ConvShape, relu: boolean): void {
  const { stride, padding, dilation, kernel } = shape;
  const [height = 1, width = 1, channels = 1] = kernel;
  const small = channels < (l.values.block ?? 1);
  const inputs = [
    l.input(0, small ? "first" : "blocked"),
    kernelInBlocks(l, l.input(1), kernel),
    ...(l.count > 2 ? [l.input(2)] : []),
  ];
  const attributes = {
    kernel_shape: [height, width],
    strides: stride,
    pads: [...padding, ...padding],
    dilations: dilation,
    group: 1,
    ...(relu ? { activation: "Relu" } : {}),
  };
  l.output(0, l.writer.blocked("Conv", inputs, attributes), "blocked");
}

/** The kernel read backwards, channels for filters: again a convolution. For strides of 1. */
export function blockedInputGrad(l: Lowering, shape: ConvShape, margins: readonly number[]): void {
  const { dilation, kernel } = shape;
  const [height = 1, width = 1] = kernel;
  const inputs = [l.input(0, "blocked"), turnedInBlocks(l, l.input(1), kernel)];
  const attributes = {
    kernel_shape: [height, width],
    strides: [1, 1],
    pads: [...margins, ...margins],
    dilations: dilation,
    group: 1,
  };
  l.output(0, l.writer.blocked("Conv", inputs, attributes), "blocked");
}

/**
 * A kernel [kh, kw, C, F] as [F / block, C / block, kh, kw, block of C, block of F]; with fewer channels than a block as
 * [F / block, C, kh, kw, block of F]. The runtime calls the shape of either [F, C, kh, kw].
 *
 * Its rows of channels are taken for images: the runtime puts images into blocks many times as fast as it transposes
 * vectors that are as short as a block.
 */
function kernelInBlocks(l: Lowering, kernel: string, shape: readonly number[]): string {
  const { writer } = l;
  const block = l.values.block ?? 1;
  const [height = 1, width = 1, channels = 1, filters = 1] = shape;
  const taps = height * width;
  // Whole kernels have squares of numbers in the end, others rows.
  const together = channels < block ? channels : block;
  const images = writer.reshape(kernel, [(taps * channels) / together, together, 1, filters]);
  const blocked = writer.blocked("ReorderInput", [images], { channels_last: 1 });
  const parts =
    channels < block
      ? writer.transpose(writer.reshape(blocked, [taps, filters / block, channels, block]), [1, 2, 0, 3])
      : writer.transpose(
          writer.reshape(blocked, [taps, channels / block, filters / block, block * block]),
          [2, 1, 0, 3],
        );
  return writer.reshape(parts, [filters, channels, height, width]);
}

/** A kernel [kh, kw, C, F], both in whole blocks, read backwards, as [C / block, F / block, kh, kw, block of F, block of C]. */
function turnedInBlocks(l: Lowering, kernel: string, shape: readonly number[]): string {
  const { writer } = l;
  const block = l.values.block ?? 1;
  const [height = 1, width = 1, channels = 1, filters = 1] = shape;
  const taps = height * width;
  const images = writer.reshape(kernel, [(taps * channels) / block, block, filters, 1]);
  const blocked = writer.reshape(writer.blocked("ReorderInput", [images], { channels_last: 0 }), [
    taps,
    channels / block,
    filters / block,
    block * block,
  ]);
  const order = Int32Array.from({ length: taps }, (_, i) => taps - 1 - i);
  const backwards =
    taps === 1
      ? blocked
      : writer.node("Gather", [blocked, writer.constant("int32", [taps], order)], { axis: 0 });
  return writer.reshape(writer.transpose(backwards, [1, 2, 0, 3]), [channels, filters, height, width]);
}

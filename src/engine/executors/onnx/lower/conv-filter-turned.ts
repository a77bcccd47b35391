import type { Lowering, Values } from "../values.js";
import type { ConvShape } from "./conv-shape.js";

/*
 * The gradient of a kernel is a convolution itself: over the samples instead of the channels, with dy for the kernel, strides
 * for dilations, and the channels of the image for its samples.
 */

/** Margins at the ends of rows and columns: what is missing there (or, below 0, too much) for exactly the taps of the kernel. */
function endsOf({ x, y, kernel, stride, padding, dilation }: ConvShape): readonly [number, number] {
  const along = (axis: 0 | 1) => {
    const [extent = 1, places = 1, taps = 1] = [x[axis + 1], y[axis + 1], kernel[axis]];
    return (places - 1) * stride[axis] + (taps - 1) * dilation[axis] + 1 - extent - padding[axis];
  };
  return [along(0), along(1)];
}

/** Images, channels first, without the rows and columns behind the last that the kernel sees. */
function cropped(l: Lowering, images: string, { x }: ConvShape, ends: readonly [number, number]): string {
  if (ends.every((end) => end >= 0)) return images;
  return l.writer.slice(
    images,
    [2, 3],
    ends.map((end, axis) => [0, (x[axis + 1] ?? 1) + Math.min(0, end), 1]),
  );
}

/** In as many groups as the convolution itself. */
export function convolvedInGroups(l: Lowering, shape: ConvShape): void {
  const { writer } = l;
  const { x, kernel, stride, padding, dilation, groups } = shape;
  const [batch = 1, height = 1, width = 1] = x;
  const [kernelHeight = 1, kernelWidth = 1, perGroup = 1, filters = 1] = kernel;
  const image = writer.transpose(
    writer.reshape(l.input(1, "first"), [batch, groups, perGroup, height, width]),
    [2, 1, 0, 3, 4],
  );
  const asBatch = writer.reshape(image, [perGroup, groups * batch, height, width]);
  const dy = writer.transpose(l.input(0, "first"), [1, 0, 2, 3]);
  const ends = endsOf(shape);
  const made = writer.node("Conv", [cropped(l, asBatch, shape, ends), dy], {
    strides: dilation,
    dilations: stride,
    pads: [...padding, ...ends.map((end) => Math.max(0, end))],
    group: groups,
  });
  // [C / groups, F, kh, kw]
  l.output(
    0,
    writer.reshape(writer.transpose(made, [2, 3, 0, 1]), [kernelHeight, kernelWidth, perGroup, filters]),
  );
}

/**
 * Whether the runtime's kernels for blocks take the samples as channels. A kernel of one tap is left to a product: there
 * is one place to compute, of which these kernels do several at a time.
 */
export function canBeConvolved(
  values: Values,
  { x: [batch = 1], kernel: [height = 1, width = 1, , filters = 1] }: ConvShape,
): boolean {
  const { block } = values;
  return block !== null && height * width > 1 && batch % block === 0 && filters % block === 0;
}

/** In blocks of samples: as fast as the convolution itself, where a product of what the taps saw takes twice as long. */
export function convolvedInBlocks(l: Lowering, shape: ConvShape): void {
  const { writer } = l;
  const { x, y, kernel, stride, padding, dilation } = shape;
  const block = l.values.block ?? 1;
  const [batch = 1, height = 1, width = 1, channels = 1] = x;
  const [, places = 1, across = 1] = y;
  const [taps = 1, beside = 1, , filters = 1] = kernel;
  const ends = endsOf(shape);
  const rows = height + Math.min(0, ends[0]);
  const columns = width + Math.min(0, ends[1]);
  const after = ends.map((end) => Math.max(0, end)) as [number, number];

  const bySamples = writer.transpose(cropped(l, l.input(1, "first"), shape, ends), [1, 0, 2, 3]);
  let image = writer.blocked("ReorderInput", [bySamples], { channels_last: 0 });
  const wide = padding[1] + columns + after[1];
  if (wide > columns) {
    // The kernels compute places that reach into margins of columns one by one, and here those would be all but a few.
    const lines = writer.reshape(image, [(channels * batch * rows) / block, columns * block]);
    const margins = writer.wholes([0, padding[1] * block, 0, after[1] * block]);
    image = writer.reshape(writer.node("Pad", [lines, margins]), [channels, batch, rows, wide]);
  }
  const made = writer.blocked("Conv", [image, samplesInnermost(l, shape)], {
    kernel_shape: [places, across],
    strides: dilation,
    pads: [padding[0], 0, after[0], 0],
    dilations: stride,
    group: 1,
  });
  const parts = writer.reshape(made, [channels, filters / block, taps * beside, block]);
  l.output(0, writer.reshape(writer.transpose(parts, [2, 0, 1, 3]), kernel));
}

/** dy as a kernel in blocks, [F / block, B / block, H', W', block of B, block of F]; the runtime calls its shape [F, B, H', W']. */
function samplesInnermost(l: Lowering, { y }: ConvShape): string {
  const { writer } = l;
  const block = l.values.block ?? 1;
  const [batch = 1, rows = 1, columns = 1, filters = 1] = y;
  const places = rows * columns;
  const lying = writer.reshape(l.input(0, "blocked"), [batch, filters / block, places * block]);
  const samples = writer.reshape(writer.transpose(lying, [1, 0, 2]), [
    (filters * batch) / block ** 2,
    block * places,
    block,
  ]);
  // Gathered instead of transposed, of which the runtime does vectors as short as these one by one.
  const order = Int32Array.from(
    { length: block * places },
    (_, i) => (i % block) * places + Math.floor(i / block),
  );
  const indices = writer.constant("int32", [order.length], order, `samples innermost ${places}`);
  const gathered = writer.node("Gather", [samples, indices], { axis: 1 });
  return writer.reshape(gathered, [filters, batch, rows, columns]);
}

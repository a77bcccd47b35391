import type { SlidingAttributes } from "../../../kinds/conv.js";
import type { Lower, Lowering } from "../values.js";
import { seenByPlaces, slidingOf } from "./conv-rows.js";
import type { ConvShape } from "./conv-shape.js";
import { placesAcross, stack, windowsAlong } from "./stack.js";

/** Numbers up to which what all taps see is laid out at once: beyond, memory is slower than arithmetic. */
const most = 6_000_000;

/** The gradient of a kernel: what its taps saw times dy, summed over all places of the batch. */
export const filterGrad: Lower = (l) => {
  const shape = { ...l.attributes<SlidingAttributes>(), x: l.shape(1), kernel: l.shape(2), y: l.shape(0) };
  if (shape.groups > 1) return inGroups(l, shape);
  const { writer } = l;
  const [batch = 1, rows = 1, columns = 1, filters = 1] = shape.y;
  const [height = 1, width = 1, channels = 1] = shape.kernel;
  const places = batch * rows * columns;
  const size = places * height * width * channels;
  if (height * width > 1 && size > most && shape.stride.every((step) => step === 1)) return apart(l, shape);
  const seen = seenByPlaces(l, 1, shape);
  const dy = writer.reshape(l.input(0), [places, filters]);
  l.output(0, writer.reshape(writer.node("FusedMatMul", [seen, dy], { transA: 1 }), l.outputShape()));
};

/**
 * Taps of the columns stand beside each other in what is seen, taps of the rows in dy: the product has all pairs, from
 * kh + kw copies of the images instead of kh · kw.
 */
function apart(l: Lowering, shape: ConvShape): void {
  const { writer } = l;
  const [batch = 1, extent = 1, , channels = 1] = shape.x;
  const [height = 1, width = 1, , filters = 1] = shape.kernel;
  const [rows, columns] = slidingOf(shape);
  const depth = batch * extent * columns.places;
  const seen = writer.reshape(stack(l, 1, windowsAlong(rows, columns)), [depth, width * channels]);
  const sent = writer.reshape(stack(l, 0, placesAcross(rows, columns)), [depth, height * filters]);
  const product = writer.node("FusedMatMul", [seen, sent], { transA: 1 });
  const parts = writer.reshape(product, [width, channels, height, filters]);
  l.output(0, writer.transpose(parts, [2, 0, 1, 3]));
}

/**
 * A convolution again, in as many groups: samples for channels, dy for the kernel, strides for dilations. The channels of
 * a group are its batch.
 */
function inGroups(l: Lowering, { x, y, kernel, stride, padding, dilation, groups }: ConvShape): void {
  const { writer } = l;
  const [batch = 1, height = 1, width = 1] = x;
  const [, rows = 1, columns = 1, filters = 1] = y;
  const [kernelHeight = 1, kernelWidth = 1, perGroup = 1] = kernel;
  const image = writer.transpose(
    writer.reshape(l.input(1, "first"), [batch, groups, perGroup, height, width]),
    [2, 1, 0, 3, 4],
  );
  const asBatch = writer.reshape(image, [perGroup, groups * batch, height, width]);
  const dy = writer.transpose(l.input(0, "first"), [1, 0, 2, 3]);
  // Margins at the ends are what is missing there, or too much: the result has exactly the taps of the kernel.
  const ends = ([0, 1] as const).map((axis) => {
    const [extent, places, taps] = [
      [height, width],
      [rows, columns],
      [kernelHeight, kernelWidth],
    ].map((sizes) => sizes[axis] ?? 1) as [number, number, number];
    return (places - 1) * stride[axis] + (taps - 1) * dilation[axis] + 1 - extent - padding[axis];
  });
  const cropped = ends.some((end) => end < 0)
    ? writer.slice(
        asBatch,
        [2, 3],
        [
          [0, height + Math.min(0, ends[0] ?? 0), 1],
          [0, width + Math.min(0, ends[1] ?? 0), 1],
        ],
      )
    : asBatch;
  const made = writer.node("Conv", [cropped, dy], {
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

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
  const product = sumOfProducts(l, [seenByPlaces(l, 1, shape), l.input(0)], {
    depth: places,
    left: height * width * channels,
    right: filters,
  });
  l.output(0, writer.reshape(product, l.outputShape()));
};

/** Rows that a product takes at a time, and numbers of all partial products together, as measured to be fast. */
const depthOfPart = 512;
const mostInParts = 1_200_000;

/** leftᵀ · right over their rows: a product for each part of the rows, then the sum, so that each part stays in the cache. */
function sumOfProducts(
  l: Lowering,
  operands: readonly [string, string],
  { depth, left, right }: { readonly depth: number; readonly left: number; readonly right: number },
): string {
  const { writer } = l;
  const atMost = Math.min(depth / depthOfPart, mostInParts / (left * right));
  let parts = Math.max(1, Math.floor(atMost));
  while (depth % parts !== 0) parts--;
  const shapes = [left, right].map((width) => (parts === 1 ? [depth, width] : [parts, depth / parts, width]));
  const product = writer.node(
    "FusedMatMul",
    operands.map((name, i) => writer.reshape(name, shapes[i] ?? [])),
    { transA: 1 },
  );
  return parts === 1 ? product : writer.reduce("ReduceSum", product, [0]);
}

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
  const seen = stack(l, 1, windowsAlong(rows, columns));
  const sent = stack(l, 0, placesAcross(rows, columns));
  const sizes = { depth, left: width * channels, right: height * filters };
  const product = sumOfProducts(l, [seen, sent], sizes);
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

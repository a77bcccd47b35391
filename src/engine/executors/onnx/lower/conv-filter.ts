import type { SlidingAttributes } from "../../../kinds/conv.js";
import type { Lower, Lowering } from "../values.js";
import { canBeConvolved, convolvedInBlocks, convolvedInGroups } from "./conv-filter-turned.js";
import { seenByPlaces, slidingOf } from "./conv-rows.js";
import type { ConvShape } from "./conv-shape.js";
import { placesAcross, stack, windowsAlong } from "./stack.js";

/** Numbers up to which what all taps see is laid out at once: beyond, memory is slower than arithmetic. */
const most = 6_000_000;

/** The gradient of a kernel: what its taps saw times dy, summed over all places of the batch. */
export const filterGrad: Lower = (l) => {
  const shape = { ...l.attributes<SlidingAttributes>(), x: l.shape(1), kernel: l.shape(2), y: l.shape(0) };
  if (shape.groups > 1) return convolvedInGroups(l, shape);
  if (canBeConvolved(l.values, shape)) return convolvedInBlocks(l, shape);
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

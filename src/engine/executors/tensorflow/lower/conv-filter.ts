import type { SlidingAttributes } from "../../../kinds/conv.js";
import { text, type, whole, wholes } from "../attributes.js";
import type { TensorflowWriter } from "../writer.js";

/** A convolution whose kernel's gradient is asked for: names, and shapes [B, H, W, C], [kh, kw, C, F]. */
interface FilterGrad {
  readonly x: string;
  readonly dy: string;
  readonly image: readonly number[];
  readonly kernel: readonly number[];
  readonly places: readonly [number, number];
  readonly sliding: SlidingAttributes;
}

/** Numbers that a row of taps sees from which on products are faster than TensorFlow's own gradient. */
const fewest = 128;

/** Channels from which on, and numbers in dy up to which, a convolution is faster than products. */
const fewestConvolved = 64;
const mostConvolved = 1_700_000;

/** oneDNN's convolutions take so many channels at a time. */
const block = 8;

/**
 * The gradient of a kernel in another way than TensorFlow's own, which takes twice the time of a forward pass on images with
 * channels last. For processors: of what a GPU does with such shapes nothing is known.
 * @returns the name of [kh, kw, C, F]; null where TensorFlow's own is the fastest that is known
 */
export function fasterFilterGrad(w: TensorflowWriter, grad: FilterGrad): string | null {
  const { image, kernel, places, sliding } = grad;
  const [rows = 1, columns = 1, channels = 1, filters = 1] = kernel;
  const [batch = 1] = image;
  if (sliding.groups > 1 || columns * channels < fewest) return null;
  if (!sliding.stride.every((step) => step === 1)) return tapByTap(w, grad);
  const blocks = batch % block === 0 && filters % block === 0;
  const few = batch * places[0] * places[1] * filters <= mostConvolved;
  return rows * columns > 1 && blocks && channels >= fewestConvolved && few
    ? convolved(w, grad)
    : apart(w, grad);
}

/**
 * A convolution again, over the samples instead of the channels: the channels of the image are its samples, dy is its
 * kernel. For strides of 1.
 */
function convolved(w: TensorflowWriter, { x, dy, image, kernel, places, sliding }: FilterGrad): string {
  const { dilation, padding } = sliding;
  // Exactly the taps of the kernel: what they don't see is cut off, what is missing is a margin.
  const ends = ([0, 1] as const).map((axis) => {
    const seen = places[axis] + ((kernel[axis] ?? 1) - 1) * dilation[axis];
    return seen - (image[axis + 1] ?? 1) - padding[axis];
  }) as [number, number];
  const kept = image.map((extent, axis) => extent + Math.min(0, ends[axis - 1] ?? 0));
  const cut = kept.every((extent, axis) => extent === image[axis]) ? x : w.slice(x, [0, 0, 0, 0], kept);
  const margins = ([0, 1] as const).map((axis): [number, number] => [padding[axis], Math.max(0, ends[axis])]);
  const [samples, sent] = [
    w.transpose(padded(w, cut, ...(margins as [[number, number], [number, number]])), [3, 1, 2, 0]),
    w.transpose(dy, [1, 2, 0, 3]),
  ];
  const attributes = {
    T: type("float32"),
    strides: wholes([1, ...dilation, 1]),
    dilations: wholes([1, 1, 1, 1]),
    data_format: text("NHWC"),
    padding: text("VALID"),
  };
  return w.transpose(w.node("Conv2D", [samples, sent], attributes), [1, 2, 0, 3]);
}

/**
 * What each tap sees, transposed, times dy. Rows and columns are taken apart by what is left of their number divided by
 * the stride, so that what a tap sees is one slice: TensorFlow's slices in strides take five times as long.
 */
function tapByTap(w: TensorflowWriter, { x, dy, image, kernel, places, sliding }: FilterGrad): string {
  const [batch = 1] = image;
  const [rows = 1, columns = 1, channels = 1, filters = 1] = kernel;
  const { stride, dilation, padding } = sliding;
  const extents = ([0, 1] as const).map((axis) => {
    const behind = Math.floor((((kernel[axis] ?? 1) - 1) * dilation[axis]) / stride[axis]) + places[axis];
    return Math.max(behind, Math.ceil((padding[axis] + (image[axis + 1] ?? 1)) / stride[axis]));
  }) as [number, number];
  const margins = ([0, 1] as const).map((axis): [number, number] => [
    padding[axis],
    extents[axis] * stride[axis] - padding[axis] - (image[axis + 1] ?? 1),
  ]) as [[number, number], [number, number]];
  const source = w.reshape(padded(w, x, ...margins), [
    batch,
    extents[0],
    stride[0],
    extents[1],
    stride[1] * channels,
  ]);
  const depth = batch * places[0] * places[1];
  const sent = w.reshape(dy, [depth, filters]);
  const products = Array.from({ length: rows * columns }, (_, tap) => {
    const [y, z] = [Math.floor(tap / columns) * dilation[0], (tap % columns) * dilation[1]];
    const from = [Math.floor(y / stride[0]), y % stride[0], Math.floor(z / stride[1])];
    const start = [0, ...from, (z % stride[1]) * channels];
    const seen = w.slice(source, start, [batch, places[0], 1, places[1], channels]);
    return w.matMul(w.reshape(seen, [depth, channels]), sent, { a: true });
  });
  if (products.length === 1) return w.reshape(products[0] ?? "", kernel);
  const attributes = { N: whole(products.length), T: type("float32"), axis: whole(0) };
  return w.reshape(w.node("Pack", products, attributes), kernel);
}

/**
 * What each column of taps sees, transposed, times dy as each row of taps sends it, over all rows of the image and columns
 * of places: an image is copied kw times and dy kh times, and not one of them kh · kw times. For strides of 1.
 */
function apart(w: TensorflowWriter, grad: FilterGrad): string {
  const { x, dy, image, kernel, places, sliding } = grad;
  const [batch = 1, height = 1, width = 1] = image;
  const [rows = 1, columns = 1, channels = 1, filters = 1] = kernel;
  const [dilation, padding] = [sliding.dilation, sliding.padding];
  const depth = batch * height * places[1];

  // Column j of taps sees column `place + j · dilation − padding` of the image.
  const behind = Math.max(0, places[1] + (columns - 1) * dilation[1] - padding[1] - width);
  const wide = padded(w, x, [0, 0], [padding[1], behind]);
  const seen = Array.from({ length: columns }, (_, j) =>
    padding[1] + behind === 0 && columns === 1 && places[1] === width
      ? wide
      : w.slice(wide, [0, 0, j * dilation[1], 0], [batch, height, places[1], channels]),
  );

  // Row y of the image is seen by row i of taps at row `y + padding − i · dilation` of the places.
  const above = Math.max(0, (rows - 1) * dilation[0] - padding[0]);
  const below = Math.max(0, height + padding[0] - places[0]);
  const tall = padded(w, dy, [above, below], [0, 0]);
  const sent = Array.from({ length: rows }, (_, i) =>
    above + below === 0 && rows === 1 && places[0] === height
      ? tall
      : w.slice(tall, [0, above + padding[0] - i * dilation[0], 0, 0], [batch, height, places[1], filters]),
  );
  const sides = [
    [seen, channels],
    [sent, filters],
  ] as const;
  const [left = "", right = ""] = sides.map(([parts, width]) => {
    const [only = ""] = parts;
    return w.reshape(parts.length === 1 ? only : w.concat(parts, 3), [depth, parts.length * width]);
  });
  const product = w.matMul(left, right, { a: true });
  if (rows * columns === 1) return w.reshape(product, kernel);
  return w.transpose(w.reshape(product, [columns, channels, rows, filters]), [2, 0, 1, 3]);
}

function padded(
  w: TensorflowWriter,
  x: string,
  rows: readonly [number, number],
  columns: readonly [number, number],
): string {
  if ([...rows, ...columns].every((margin) => margin === 0)) return x;
  return w.pad(x, [[0, 0], rows, columns, [0, 0]]);
}

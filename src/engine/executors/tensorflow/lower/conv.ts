import type { InputGradAttributes, SlidingAttributes } from "../../../kinds/conv.js";
import type { Pair } from "../../../ops/sliding.js";
import { type Attribute, text, type, whole, wholes } from "../attributes.js";
import type { Lower, Lowering } from "../values.js";
import type { TensorflowWriter } from "../writer.js";
import { fasterFilterGrad } from "./conv-filter.js";

export const channelsLast = text("NHWC");

/**
 * How a kernel is said to slide. TensorFlow's fast kernels on the CPU know its words SAME and VALID only: a margin that is
 * not SAME is laid around the image before, and taken off its gradient.
 */
interface Windows {
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** What is to be laid around: rows, columns. */
  readonly margin: Pair;
}

function windows({ stride, padding, dilation }: SlidingAttributes, taps: Pair): Windows {
  const isSame = ([0, 1] as const).every(
    (axis) => stride[axis] === 1 && dilation[axis] === 1 && 2 * padding[axis] === taps[axis] - 1,
  );
  return {
    attributes: {
      T: type("float32"),
      strides: wholes([1, ...stride, 1]),
      dilations: wholes([1, ...dilation, 1]),
      data_format: channelsLast,
      padding: text(isSame ? "SAME" : "VALID"),
    },
    margin: isSame ? [0, 0] : padding,
  };
}

/** `parts` pieces along the last axis. */
function split(w: TensorflowWriter, x: string, parts: number): string[] {
  const name = w.node("Split", [w.word(3), x], { num_split: whole(parts), T: type("float32") });
  return Array.from({ length: parts }, (_, i) => (i === 0 ? name : `${name}:${i}`));
}

/** Whether TensorFlow has a kernel of its own for as many groups as there are channels. */
function isDepthwise({ groups, stride, dilation }: SlidingAttributes, perGroup: number): boolean {
  return groups > 1 && perGroup === 1 && stride[0] === stride[1] && dilation.every((step) => step === 1);
}

function surrounded(w: TensorflowWriter, x: string, [rows, columns]: Pair): string {
  if (rows + columns === 0) return x;
  return w.pad(x, [
    [0, 0],
    [rows, rows],
    [columns, columns],
    [0, 0],
  ]);
}

const conv2d: Lower = (l) => {
  const { writer: w } = l;
  const sliding = l.attributes<SlidingAttributes>();
  const { groups } = sliding;
  const [rows = 1, columns = 1, perGroup = 1, filters = 1] = l.shape(1);
  const { attributes, margin } = windows(sliding, [rows, columns]);
  const x = surrounded(w, l.input(0), margin);
  const bias = (y: string) =>
    l.count > 2 ? w.node("BiasAdd", [y, l.input(2)], { T: type("float32"), data_format: channelsLast }) : y;
  if (isDepthwise(sliding, perGroup)) {
    const kernel = w.reshape(l.input(1), [rows, columns, groups, filters / groups]);
    l.output(0, bias(w.node("DepthwiseConv2dNative", [x, kernel], attributes)));
    return;
  }
  const one = (image: string, kernel: string) => w.node("Conv2D", [image, kernel], attributes);
  if (groups === 1) {
    l.output(0, bias(one(x, l.input(1))));
    return;
  }
  const kernels = split(w, l.input(1), groups);
  const made = split(w, x, groups).map((image, group) => one(image, kernels[group] ?? ""));
  l.output(0, bias(w.concat(made, 3)));
};

/** Rows and columns that a kernel reaches over. */
function reach([rows = 1, columns = 1]: readonly number[], dilation: Pair): Pair {
  return [(rows - 1) * dilation[0] + 1, (columns - 1) * dilation[1] + 1];
}

/**
 * A kernel with zeros between its taps, which slides without gaps as the kernel does with: TensorFlow's gradients on the
 * CPU know no dilation.
 */
function spread(w: TensorflowWriter, kernel: string, shape: readonly number[], dilation: Pair): string {
  if (dilation.every((step) => step === 1)) return kernel;
  const [rows = 1, columns = 1, channels = 1, filters = 1] = shape;
  const [down, right] = dilation;
  const apart = w.pad(w.reshape(kernel, [rows, 1, columns, 1, channels, filters]), [
    [0, 0],
    [0, down - 1],
    [0, 0],
    [0, right - 1],
    [0, 0],
    [0, 0],
  ]);
  const whole = w.reshape(apart, [rows * down, columns * right, channels, filters]);
  return w.slice(whole, [0, 0, 0, 0], [...reach(shape, dilation), channels, filters]);
}

const inputGrad: Lower = (l) => {
  const { writer: w } = l;
  const { size, ...sliding } = l.attributes<InputGradAttributes>();
  const { groups, dilation } = sliding;
  const [rows = 1, columns = 1, perGroup = 1, filters = 1] = l.shape(1);
  const [batch = 1] = l.shape(0);
  const { attributes, margin } = windows({ ...sliding, dilation: [1, 1] }, reach([rows, columns], dilation));
  const padded = ([0, 1] as const).map((axis) => size[axis] + 2 * margin[axis]);
  const inside = (dx: string) =>
    margin[0] + margin[1] === 0 ? dx : w.slice(dx, [0, ...margin, 0], [batch, ...size, perGroup * groups]);
  if (isDepthwise(sliding, perGroup)) {
    const kernel = w.reshape(l.input(1), [rows, columns, groups, filters / groups]);
    const inputs = [w.sizes([batch, ...padded, groups]), kernel, l.input(0)];
    l.output(0, inside(w.node("DepthwiseConv2dNativeBackpropInput", inputs, attributes)));
    return;
  }
  const one = (dy: string, kernel: string, outer: number) => {
    const tight = spread(w, kernel, [rows, columns, perGroup, outer], dilation);
    return w.node("Conv2DBackpropInput", [w.sizes([batch, ...padded, perGroup]), tight, dy], attributes);
  };
  if (groups === 1) {
    l.output(0, inside(one(l.input(0), l.input(1), filters)));
    return;
  }
  const kernels = split(w, l.input(1), groups);
  const made = split(w, l.input(0), groups).map((dy, i) => one(dy, kernels[i] ?? "", filters / groups));
  l.output(0, inside(w.concat(made, 3)));
};

const filterGrad: Lower = (l) => {
  const { writer: w } = l;
  const sliding = l.attributes<SlidingAttributes>();
  const { groups, dilation } = sliding;
  const shape = l.shape(2);
  const [rows = 1, columns = 1, perGroup = 1, filters = 1] = shape;
  const [, height = 1, width = 1] = l.shape(0);
  const sizes = { image: l.shape(1), kernel: shape, places: [height, width] as const };
  const faster =
    l.values.device === "gpu"
      ? null
      : fasterFilterGrad(w, { x: l.input(1), dy: l.input(0), ...sizes, sliding });
  if (faster !== null) return l.output(0, faster);
  const whole = reach(shape, dilation);
  const { attributes, margin } = windows({ ...sliding, dilation: [1, 1] }, whole);
  const x = surrounded(w, l.input(1), margin);
  if (isDepthwise(sliding, perGroup)) {
    const kernel = w.sizes([rows, columns, groups, filters / groups]);
    const made = w.node("DepthwiseConv2dNativeBackpropFilter", [x, kernel, l.input(0)], attributes);
    l.output(0, w.reshape(made, shape));
    return;
  }
  const one = (image: string, dy: string, outer: number) => {
    const sizes = w.sizes([...whole, perGroup, outer]);
    const made = w.node("Conv2DBackpropFilter", [image, sizes, dy], attributes);
    return everyTap(w, made, [...whole, perGroup, outer], dilation);
  };
  if (groups === 1) {
    l.output(0, one(x, l.input(0), filters));
    return;
  }
  const images = split(w, x, groups);
  const made = split(w, l.input(0), groups).map((dy, i) => one(images[i] ?? "", dy, filters / groups));
  l.output(0, w.concat(made, 3));
};

/** Of a spread kernel's gradient that of its taps. */
function everyTap(w: TensorflowWriter, x: string, shape: readonly number[], dilation: Pair): string {
  if (dilation.every((step) => step === 1)) return x;
  const bounds = [w.sizes([0, 0, 0, 0]), w.sizes(shape), w.sizes([...dilation, 1, 1])];
  return w.node("StridedSlice", [x, ...bounds], { T: type("float32"), Index: type("int32") });
}

const linear: Lower = (l: Lowering) => {
  const product = l.writer.matMul(l.input(0), l.input(1));
  const attributes = { T: type("float32"), data_format: channelsLast };
  l.output(0, l.count > 2 ? l.writer.node("BiasAdd", [product, l.input(2)], attributes) : product);
};

const sumByChannel: Lower = (l) => {
  const rank = l.shape(0).length;
  const attributes = { T: type("float32"), data_format: channelsLast };
  if (rank > 1) l.output(0, l.writer.node("BiasAddGrad", [l.input(0)], attributes));
  else l.output(0, l.writer.node("Identity", [l.input(0)]));
};

export const contractions: Readonly<Record<string, Lower>> = {
  "lerac.Linear": linear,
  "lerac.LinearInputGrad": (l) => l.output(0, l.writer.matMul(l.input(0), l.input(1), { b: true })),
  "lerac.LinearWeightGrad": (l) => l.output(0, l.writer.matMul(l.input(0), l.input(1), { a: true })),
  "lerac.SumByChannel": sumByChannel,
  "lerac.Conv2d": conv2d,
  "lerac.Conv2dInputGrad": inputGrad,
  "lerac.Conv2dFilterGrad": filterGrad,
};

import type { InputGradAttributes, SlidingAttributes } from "../../../kinds/conv.js";
import type { Pair } from "../../../ops/sliding.js";
import { type Attribute, text, type, whole, wholes } from "../attributes.js";
import type { Lower, Lowering } from "../values.js";
import type { TensorflowWriter } from "../writer.js";

export const channelsLast = text("NHWC");

/** The attributes of TensorFlow's three operations on kernels that slide. */
function windows({
  stride,
  padding,
  dilation,
}: Omit<SlidingAttributes, "groups">): Record<string, Attribute> {
  const [rows, columns] = padding;
  const padded = rows + columns > 0;
  return {
    T: type("float32"),
    strides: wholes([1, ...stride, 1]),
    dilations: wholes([1, ...dilation, 1]),
    data_format: channelsLast,
    padding: text(padded ? "EXPLICIT" : "VALID"),
    ...(padded ? { explicit_paddings: wholes([0, 0, rows, rows, columns, columns, 0, 0]) } : {}),
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

function depthwiseWindows({ stride }: SlidingAttributes): Record<string, Attribute> {
  return {
    T: type("float32"),
    strides: wholes([1, ...stride, 1]),
    dilations: wholes([1, 1, 1, 1]),
    data_format: channelsLast,
    padding: text("VALID"),
  };
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
  const bias = (y: string) =>
    l.count > 2 ? w.node("BiasAdd", [y, l.input(2)], { T: type("float32"), data_format: channelsLast }) : y;
  if (isDepthwise(sliding, perGroup)) {
    const kernel = w.reshape(l.input(1), [rows, columns, groups, filters / groups]);
    const x = surrounded(w, l.input(0), sliding.padding);
    l.output(0, bias(w.node("DepthwiseConv2dNative", [x, kernel], depthwiseWindows(sliding))));
    return;
  }
  const attributes = windows(sliding);
  const one = (x: string, kernel: string) => w.node("Conv2D", [x, kernel], attributes);
  if (groups === 1) {
    l.output(0, bias(one(l.input(0), l.input(1))));
    return;
  }
  const kernels = split(w, l.input(1), groups);
  const made = split(w, l.input(0), groups).map((x, group) => one(x, kernels[group] ?? ""));
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

const dense = (sliding: SlidingAttributes) => windows({ ...sliding, dilation: [1, 1] });

const inputGrad: Lower = (l) => {
  const { writer: w } = l;
  const { size, ...sliding } = l.attributes<InputGradAttributes>();
  const { groups, dilation, padding } = sliding;
  const shape = l.shape(1);
  const [rows = 1, columns = 1, perGroup = 1, filters = 1] = shape;
  const [batch = 1] = l.shape(0);
  if (isDepthwise(sliding, perGroup)) {
    const kernel = w.reshape(l.input(1), [rows, columns, groups, filters / groups]);
    const padded = [batch, size[0] + 2 * padding[0], size[1] + 2 * padding[1], groups];
    const inputs = [w.sizes(padded), kernel, l.input(0)];
    const dx = w.node("DepthwiseConv2dNativeBackpropInput", inputs, depthwiseWindows(sliding));
    l.output(0, w.slice(dx, [0, ...padding, 0], [batch, ...size, groups]));
    return;
  }
  const attributes = dense(sliding);
  const one = (dy: string, kernel: string, outer: number) =>
    w.node(
      "Conv2DBackpropInput",
      [
        w.sizes([batch, ...size, perGroup]),
        spread(w, kernel, [rows, columns, perGroup, outer], dilation),
        dy,
      ],
      attributes,
    );
  if (groups === 1) {
    l.output(0, one(l.input(0), l.input(1), filters));
    return;
  }
  const kernels = split(w, l.input(1), groups);
  const made = split(w, l.input(0), groups).map((dy, i) => one(dy, kernels[i] ?? "", filters / groups));
  l.output(0, w.concat(made, 3));
};

const filterGrad: Lower = (l) => {
  const { writer: w } = l;
  const sliding = l.attributes<SlidingAttributes>();
  const { groups, dilation, padding } = sliding;
  const shape = l.shape(2);
  const [rows = 1, columns = 1, perGroup = 1, filters = 1] = shape;
  if (isDepthwise(sliding, perGroup)) {
    const kernel = w.sizes([rows, columns, groups, filters / groups]);
    const x = surrounded(w, l.input(1), padding);
    const inputs = [x, kernel, l.input(0)];
    const made = w.node("DepthwiseConv2dNativeBackpropFilter", inputs, depthwiseWindows(sliding));
    l.output(0, w.reshape(made, shape));
    return;
  }
  const attributes = dense(sliding);
  const whole = reach(shape, dilation);
  const one = (x: string, dy: string, outer: number) => {
    const sizes = w.sizes([...whole, perGroup, outer]);
    const made = w.node("Conv2DBackpropFilter", [x, sizes, dy], attributes);
    return everyTap(w, made, [...whole, perGroup, outer], dilation);
  };
  if (groups === 1) {
    l.output(0, one(l.input(1), l.input(0), filters));
    return;
  }
  const xs = split(w, l.input(1), groups);
  const made = split(w, l.input(0), groups).map((dy, i) => one(xs[i] ?? "", dy, filters / groups));
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

import type { Arguments } from "../harness/operators.js";

/** An operator on small inputs. */
export interface Case {
  readonly name: string;
  /** A batch, channels last. */
  readonly inputs: readonly (readonly number[])[];
  readonly args?: Arguments;
  /** Range of the input's numbers; −1 to 1 when left out. */
  readonly range?: readonly [number, number];
}

const image = [2, 4, 5, 4];
/** By operator: every one that is not for sequences alone. */
export const cases: Readonly<Record<string, readonly Case[]>> = {
  conv1d: [
    { name: "padded", inputs: [[2, 7, 3]], args: { filters: 4, size: 3 } },
    {
      name: "stride and dilation",
      inputs: [[2, 9, 2]],
      args: { filters: 3, size: 3, stride: 2, dilation: 2 },
    },
    { name: "even, unpadded", inputs: [[2, 6, 2]], args: { filters: 2, size: 4, padding: 0 } },
    {
      name: "stride beyond the kernel",
      inputs: [[2, 8, 2]],
      args: { filters: 2, size: 2, stride: 3, padding: 0 },
    },
    { name: "groups", inputs: [[1, 6, 4]], args: { filters: 6, size: 3, groups: 2, bias: false } },
    { name: "a group a channel", inputs: [[1, 6, 3]], args: { filters: 6, size: 3, groups: 3, stride: 2 } },
  ],
  grouped_conv: [
    { name: "two groups", inputs: [image], args: { filters: 6, size: 3, groups: 2 } },
    {
      name: "strided, unpadded",
      inputs: [image],
      args: { filters: 2, size: 2, groups: 2, stride: 2, padding: 0 },
    },
  ],
  depthwise_conv2d: [
    { name: "padded", inputs: [[2, 5, 4, 3]], args: { size: 3 } },
    { name: "two kernels a channel", inputs: [[2, 5, 4, 2]], args: { size: 3, multiplier: 2 } },
    { name: "stride", inputs: [[2, 6, 7, 2]], args: { size: 3, stride: 2, bias: false } },
    {
      name: "stride and dilation",
      inputs: [[1, 7, 8, 2]],
      args: { size: 3, stride: 2, dilation: 2, multiplier: 2 },
    },
    { name: "even, much padding", inputs: [[1, 4, 3, 2]], args: { size: 2, padding: 2 } },
    { name: "one channel", inputs: [[2, 4, 4, 1]], args: { size: 3, multiplier: 3 } },
    { name: "stride beyond the kernel", inputs: [[1, 7, 7, 2]], args: { size: 2, stride: 3, padding: 0 } },
  ],
  separable_conv2d: [
    { name: "padded", inputs: [[2, 4, 5, 3]], args: { filters: 2, size: 3 } },
    {
      name: "stride, two kernels a channel",
      inputs: [[1, 5, 5, 2]],
      args: { filters: 3, size: 3, stride: 2, multiplier: 2 },
    },
  ],
  conv_transpose2d: [
    { name: "keeps the size", inputs: [[1, 3, 4, 2]], args: { filters: 2, size: 3 } },
    {
      name: "doubles it",
      inputs: [[2, 3, 2, 2]],
      args: { filters: 2, size: 3, stride: 2, output_padding: 1 },
    },
    {
      name: "even kernel",
      inputs: [[2, 3, 2, 2]],
      args: { filters: 2, size: 2, stride: 2, padding: 0, bias: false },
    },
    {
      name: "gaps",
      inputs: [[1, 3, 2, 2]],
      args: { filters: 2, size: 2, stride: 3, padding: 0, output_padding: 2 },
    },
    { name: "padding beyond the kernel", inputs: [[1, 5, 5, 1]], args: { filters: 2, size: 2, padding: 2 } },
    {
      name: "dilation",
      inputs: [[1, 3, 3, 2]],
      args: { filters: 1, size: 3, dilation: 2, padding: 1, output_padding: 1 },
    },
    {
      name: "dilation and stride",
      inputs: [[1, 3, 3, 2]],
      args: { filters: 1, size: 2, dilation: 3, stride: 2, padding: 1, output_padding: 2 },
    },
    { name: "groups", inputs: [[1, 2, 3, 4]], args: { filters: 4, size: 3, groups: 2, stride: 2 } },
    {
      name: "a group a channel",
      inputs: [[1, 3, 3, 2]],
      args: { filters: 2, size: 3, groups: 2, stride: 2 },
    },
  ],
  batch_norm: [
    { name: "images", inputs: [[3, 3, 2, 2]], range: [2, 5] },
    { name: "a sequence", inputs: [[3, 4, 2]] },
  ],
  layer_norm: [
    { name: "a row", inputs: [[4, 5]], range: [2, 5] },
    { name: "a sequence", inputs: [[2, 3, 4]] },
    { name: "an image", inputs: [[2, 3, 2, 5]], args: { eps: 1e-3 } },
  ],
  group_norm: [
    { name: "two groups", inputs: [[2, 3, 2, 4]], args: { groups: 2 }, range: [1, 4] },
    { name: "one group", inputs: [[2, 3, 2, 4]], args: { groups: 1 } },
    { name: "a group a channel, odd sizes", inputs: [[2, 3, 3, 3]], args: { groups: 3 } },
    { name: "a sequence", inputs: [[2, 5, 4]], args: { groups: 2 } },
  ],
  rms_norm: [
    { name: "a sequence", inputs: [[2, 3, 4]] },
    { name: "an image", inputs: [[2, 2, 2, 3]], args: { eps: 0.1 }, range: [-3, 3] },
  ],
  leaky_relu: [{ name: "steep", inputs: [[3, 9]], args: { slope: 0.3 }, range: [-2, 2] }],
  elu: [{ name: "alpha", inputs: [[3, 9]], args: { alpha: 1.5 }, range: [-3, 2] }],
  gelu: [
    { name: "exact", inputs: [[4, 9]], range: [-4, 4] },
    { name: "by tanh", inputs: [[4, 9]], args: { approximate: "tanh" }, range: [-4, 4] },
  ],
  quick_gelu: [{ name: "wide", inputs: [[4, 9]], range: [-4, 4] }],
  silu: [{ name: "wide", inputs: [[4, 9]], range: [-5, 5] }],
  hard_swish: [{ name: "wide", inputs: [[4, 9]], range: [-5, 5] }],
  tanh: [{ name: "wide", inputs: [[4, 9]], range: [-4, 4] }],
  sigmoid: [{ name: "wide", inputs: [[4, 9]], range: [-8, 8] }],
  prelu: [
    { name: "a slope a channel", inputs: [[2, 3, 2, 3]] },
    { name: "one slope", inputs: [[2, 4, 3]], args: { shared: true } },
    { name: "one channel", inputs: [[3, 1]] },
  ],
  softmax: [
    { name: "channels", inputs: [[3, 5]], range: [-3, 3] },
    { name: "rows of an image", inputs: [[2, 3, 2, 2]], args: { axis: "height" } },
  ],
  avg_pool: [
    { name: "tiles", inputs: [image], args: { size: 2 } },
    { name: "padded, overlapping", inputs: [image], args: { size: 3, stride: 2, padding: 1 } },
    { name: "stride beyond the window", inputs: [image], args: { size: 2, stride: 3 } },
  ],
  global_avg_pool: [{ name: "odd sizes", inputs: [[2, 3, 5, 2]] }],
  global_max_pool: [
    { name: "odd sizes", inputs: [[2, 3, 5, 2]] },
    { name: "negative only", inputs: [[2, 3, 3, 2]], range: [-9, -5] },
  ],
  adaptive_avg_pool: [
    { name: "divides", inputs: [[2, 4, 6, 2]], args: { rows: 2, columns: 3 } },
    { name: "does not divide", inputs: [[2, 5, 7, 2]], args: { rows: 3, columns: 4 } },
    { name: "more bins than places", inputs: [[1, 2, 3, 2]], args: { rows: 3 } },
    { name: "one bin", inputs: [[2, 3, 4, 2]], args: { rows: 1 } },
  ],
  upsample: [
    { name: "nearest", inputs: [[2, 2, 3, 2]], args: { factor: 2 } },
    { name: "nearest by three", inputs: [[1, 2, 1, 2]], args: { factor: 3 } },
    { name: "bilinear", inputs: [[2, 2, 3, 2]], args: { factor: 2, mode: "bilinear" } },
    { name: "bilinear by three", inputs: [[1, 3, 2, 1]], args: { factor: 3, mode: "bilinear" } },
    { name: "bilinear, one place", inputs: [[2, 1, 1, 2]], args: { factor: 2, mode: "bilinear" } },
  ],
  flatten: [{ name: "an image", inputs: [[2, 2, 3, 2]] }],
  reshape: [{ name: "an image to a sequence", inputs: [[2, 2, 3, 2]], args: { sizes: [4, 3] } }],
  transpose: [
    { name: "channels first", inputs: [[2, 2, 3, 4]], args: { order: [2, 0, 1] } },
    { name: "a sequence", inputs: [[2, 3, 4]], args: { order: [1, 0] } },
  ],
  pad: [
    { name: "all sides", inputs: [[2, 2, 3, 2]], args: { before: 1 } },
    { name: "unlike ends, a value", inputs: [[2, 2, 3, 2]], args: { before: 0, after: 2, value: -1.5 } },
    { name: "channels", inputs: [[2, 2, 2]], args: { before: 1, after: 0, axis: "channels" } },
  ],
  crop: [
    { name: "all sides", inputs: [[2, 4, 5, 2]], args: { before: 1 } },
    { name: "one end of the width", inputs: [[2, 3, 4, 2]], args: { before: 0, after: 2, axis: "width" } },
  ],
  slice: [
    { name: "from a place on", inputs: [[2, 4, 3]], args: { start: 1 } },
    { name: "a run of channels", inputs: [[2, 2, 2, 5]], args: { start: 1, count: 3, axis: "channels" } },
  ],
  pick: [
    { name: "of a sequence", inputs: [[2, 4, 3]], args: { index: 2 } },
    { name: "a column", inputs: [[2, 2, 3, 2]], args: { index: 0, axis: "width" } },
  ],
  mean: [
    { name: "of a sequence", inputs: [[2, 4, 3]] },
    { name: "over frames", inputs: [[2, 2, 3, 2]], args: { axis: "frames" } },
    { name: "over channels", inputs: [[2, 2, 3, 2]], args: { axis: "channels" } },
  ],
  concat: [
    {
      name: "channels",
      inputs: [
        [2, 2, 2, 1],
        [2, 2, 2, 3],
        [2, 2, 2, 2],
      ],
    },
    {
      name: "length",
      inputs: [
        [2, 1, 3],
        [2, 4, 3],
      ],
      args: { axis: "length" },
    },
  ],
  add: [
    {
      name: "three",
      inputs: [
        [2, 3, 2],
        [2, 3, 2],
        [2, 3, 2],
      ],
    },
  ],
  multiply: [
    {
      name: "equal sizes",
      inputs: [
        [2, 3, 2],
        [2, 3, 2],
      ],
    },
    {
      name: "a number a channel",
      inputs: [
        [2, 3, 2, 4],
        [2, 4],
      ],
    },
    {
      name: "a number a place",
      inputs: [
        [2, 3, 2, 4],
        [2, 3, 2, 1],
      ],
    },
    {
      name: "one number",
      inputs: [
        [2, 3, 2],
        [2, 1],
      ],
    },
  ],
  split: [
    { name: "channels", inputs: [[2, 2, 2, 6]], args: { parts: 3 } },
    { name: "length", inputs: [[2, 4, 3]], args: { parts: 2, axis: "length" } },
  ],
  detect: [
    {
      name: "two maps",
      inputs: [
        [2, 2, 3, 3],
        [2, 1, 2, 4],
      ],
      args: {
        classes: 1,
        anchors: [
          [1, 2],
          [3, 4, 5, 6],
        ],
      },
    },
  ],
};

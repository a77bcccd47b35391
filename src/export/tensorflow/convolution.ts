import { type Constant, constantOf, type Node, type Operation } from "../record/graph.js";
import { type Attribute, float, text, whole, wholes } from "./attributes.js";
import type { GraphDefWriter } from "./graph-def.js";
import { padded, sliced } from "./lower.js";

type Convolution = Extract<Operation, { readonly kind: "conv2d" }>;

/**
 * A convolution in the forms that every TensorFlow.js backend has: padding as an operation of its own, never stride and
 * dilation together, one group, or one a channel; other groups are convolved one by one.
 */
export function lowerConvolution(writer: GraphDefWriter, node: Node, operation: Convolution): void {
  const { inputs, output } = node;
  const [x, weight, bias] = inputs;
  const { name } = output;
  const channels = x?.shape[3] ?? 1;
  const { groups } = operation;
  const around = surrounded(writer, x?.name ?? "", name, operation.padding);
  const { kernel, dilation } = withoutStridedHoles(writer, constantOf(weight as Constant), operation, name);
  const attributes = {
    T: float,
    strides: wholes([1, operation.stride, operation.stride, 1]),
    dilations: wholes([1, dilation, dilation, 1]),
    padding: text("VALID"),
    data_format: text("NHWC"),
  };
  const made = bias === undefined ? name : `${name}/product`;
  if (groups === 1) writer.node(made, "Conv2D", [around, kernel.name], attributes);
  else if (groups === channels) depthwise(writer, made, around, kernel, channels, attributes);
  else groupByGroup(writer, { made, x: around, kernel, attributes, groups });
  if (bias === undefined) return;
  writer.node(name, "BiasAdd", [made, bias.name], { T: float, data_format: text("NHWC") });
}

function surrounded(
  writer: GraphDefWriter,
  x: string,
  name: string,
  [rows, columns]: readonly [number, number],
): string {
  if (rows === 0 && columns === 0) return x;
  const margins = [
    [0, 0],
    [rows, rows],
    [columns, columns],
    [0, 0],
  ] as const;
  return padded(writer, `${name}/padded`, x, margins, 0);
}

/** TensorFlow.js refuses stride and dilation together: the holes of the kernel are then written out as zeros. */
function withoutStridedHoles(
  writer: GraphDefWriter,
  kernel: Constant,
  { stride, dilation }: Convolution,
  name: string,
): { readonly kernel: Constant; readonly dilation: number } {
  if (stride === 1 || dilation === 1) return { kernel, dilation };
  const [rows = 1, columns = 1, channels = 1, filters = 1] = kernel.shape;
  const height = dilation * (rows - 1) + 1;
  const width = dilation * (columns - 1) + 1;
  const tap = channels * filters;
  const values = new Float32Array(height * width * tap);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const from = (row * columns + column) * tap;
      values.set(kernel.values.subarray(from, from + tap), (row * width + column) * dilation * tap);
    }
  const shape = [height, width, channels, filters];
  const dilated = { name: `${name}/dilated_kernel`, shape, values };
  writer.constant(dilated.name, shape, values);
  return { kernel: dilated, dilation: 1 };
}

/** [kh, kw, 1, C · m] lies in memory as TensorFlow's [kh, kw, C, m]. */
function depthwise(
  writer: GraphDefWriter,
  name: string,
  x: string,
  { shape, values }: Constant,
  channels: number,
  attributes: Readonly<Record<string, Attribute>>,
): void {
  const [rows = 1, columns = 1, , filters = 1] = shape;
  const sizes = [rows, columns, channels, filters / channels];
  const filter = writer.constant(`${name}/depthwise_kernel`, sizes, values);
  writer.node(name, "DepthwiseConv2dNative", [x, filter], attributes);
}

interface Groups {
  readonly made: string;
  readonly x: string;
  readonly kernel: Constant;
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly groups: number;
}

function groupByGroup(writer: GraphDefWriter, { made, x, kernel, attributes, groups }: Groups): void {
  const [rows = 1, columns = 1, channels = 1, filters = 1] = kernel.shape;
  const share = filters / groups;
  const parts = Array.from({ length: groups }, (_, group) => {
    const name = `${made}/group_${group}`;
    const own = sliced(writer, `${name}/input`, x, [0, 0, 0, group * channels], [-1, -1, -1, channels]);
    const values = new Float32Array((kernel.values.length / filters) * share);
    for (let row = 0; row * filters < kernel.values.length; row++) {
      const from = row * filters + group * share;
      values.set(kernel.values.subarray(from, from + share), row * share);
    }
    const filter = writer.constant(`${name}/kernel`, [rows, columns, channels, share], values);
    return writer.node(name, "Conv2D", [own, filter], attributes);
  });
  const axis = writer.wholes(`${made}/axis`, [3], []);
  writer.node(made, "ConcatV2", [...parts, axis], { N: whole(groups), T: float, Tidx: { type: "DT_INT32" } });
}

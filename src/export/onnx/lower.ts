import { unreachable } from "../../base/invariant.js";
import {
  anySize,
  type BinaryName,
  type Constant,
  constantOf,
  type Node,
  type Operation,
  type ReduceName,
  type UnaryName,
} from "../record/graph.js";
import type { OnnxWriter } from "./model.js";

const unary: Readonly<Record<Exclude<UnaryName, "rsqrt">, string>> = {
  relu: "Relu",
  exp: "Exp",
  erf: "Erf",
  tanh: "Tanh",
  sigmoid: "Sigmoid",
  identity: "Identity",
};

const binary: Readonly<Record<BinaryName, string>> = {
  add: "Add",
  sub: "Sub",
  mul: "Mul",
  div: "Div",
  min: "Min",
};

const reduce: Readonly<Record<ReduceName, string>> = {
  mean: "ReduceMean",
  sum: "ReduceSum",
  max: "ReduceMax",
};

/** ONNX has images channels first. */
const channelsFirst = [0, 3, 1, 2];
const channelsLast = [0, 2, 3, 1];

/** Writes one operation of a record as ONNX nodes; the last has the name of its value. */
export function lower(writer: OnnxWriter, node: Node): void {
  const { operation, output } = node;
  const { name } = output;
  const inputs = node.inputs.map((input) => input.name);
  const [first = ""] = inputs;
  switch (operation.kind) {
    case "unary":
      if (operation.name === "rsqrt")
        writer.node(name, "Reciprocal", [writer.node(`${name}/root`, "Sqrt", [first])]);
      else writer.node(name, unary[operation.name], inputs);
      return;
    case "binary":
      writer.node(name, binary[operation.name], inputs);
      return;
    case "matmul":
      writer.node(name, "MatMul", inputs);
      return;
    case "reduce": {
      const axes = writer.wholes(`${name}/axes`, operation.axes);
      writer.node(name, reduce[operation.name], [first, axes], { keepdims: operation.keep ? 1 : 0 });
      return;
    }
    case "softmax":
      writer.node(name, "Softmax", [first], { axis: -1 });
      return;
    case "conv2d":
      lowerConvolution(writer, node, operation);
      return;
    case "pool":
      onImages(writer, name, first, (image, pooled) =>
        writer.node(pooled, operation.name === "max" ? "MaxPool" : "AveragePool", [image], {
          kernel_shape: operation.size,
          strides: operation.stride,
        }),
      );
      return;
    case "reshape":
      writer.node(name, "Reshape", [first, writer.wholes(`${name}/shape`, output.shape)]);
      return;
    case "transpose":
      writer.node(name, "Transpose", [first], { perm: operation.order });
      return;
    case "concat":
      writer.node(name, "Concat", inputs, { axis: operation.axis });
      return;
    case "pad": {
      const { margins, value } = operation;
      const sides = [...margins.map(([before]) => before), ...margins.map(([, after]) => after)];
      const filling = writer.constant(`${name}/value`, [], Float32Array.of(value));
      writer.node(name, "Pad", [first, writer.wholes(`${name}/pads`, sides), filling], { mode: "constant" });
      return;
    }
    case "slice":
      lowerSlice(writer, node, operation.start);
      return;
    case "gather": {
      const rows = writer.node(`${name}/rows`, "Cast", [inputs[1] ?? ""], { to: int64 });
      writer.node(name, "Gather", [first, rows], { axis: 0 });
      return;
    }
    case "repeat":
      lowerRepeat(writer, node);
      return;
    default:
      unreachable(operation);
  }
}

/** TensorProto.DataType.INT64 */
const int64 = 7;

function lowerConvolution(
  writer: OnnxWriter,
  { inputs, output }: Node,
  operation: Extract<Operation, { readonly kind: "conv2d" }>,
): void {
  const [x, weight, bias] = inputs;
  const { stride, dilation, groups, padding } = operation;
  const kernel = kernelFirst(constantOf(weight as Constant));
  const filter = writer.constant(`${output.name}/kernel`, kernel.shape, kernel.values);
  onImages(writer, output.name, x?.name ?? "", (image, made) =>
    writer.node(made, "Conv", [image, filter, ...(bias === undefined ? [] : [bias.name])], {
      strides: [stride, stride],
      dilations: [dilation, dilation],
      group: groups,
      pads: [...padding, ...padding],
    }),
  );
}

/** Runs what is for images channels first between two transpositions. */
function onImages(
  writer: OnnxWriter,
  name: string,
  x: string,
  run: (image: string, made: string) => string,
): void {
  const image = writer.node(`${name}/channels_first`, "Transpose", [x], { perm: channelsFirst });
  writer.node(name, "Transpose", [run(image, `${name}/made`)], { perm: channelsLast });
}

/** [kh, kw, C, F] → [F, C, kh, kw]. */
function kernelFirst({ shape, values }: Constant): { shape: readonly number[]; values: Float32Array } {
  const [rows = 1, columns = 1, channels = 1, filters = 1] = shape;
  const places = rows * columns;
  const moved = new Float32Array(values.length);
  for (let place = 0; place < places; place++)
    for (let channel = 0; channel < channels; channel++)
      for (let filter = 0; filter < filters; filter++)
        moved[(filter * channels + channel) * places + place] = values[
          (place * channels + channel) * filters + filter
        ] as number;
  return { shape: [filters, channels, rows, columns], values: moved };
}

/** All axes but that of the samples, which a slice never cuts. */
function lowerSlice(writer: OnnxWriter, { inputs, output }: Node, start: readonly number[]): void {
  const { name, shape } = output;
  const axes = [...shape.keys()].filter((axis) => shape[axis] !== anySize);
  const starts = axes.map((axis) => start[axis] ?? 0);
  const ends = axes.map((axis) => (start[axis] ?? 0) + (shape[axis] ?? 0));
  writer.node(name, "Slice", [
    inputs[0]?.name ?? "",
    writer.wholes(`${name}/starts`, starts),
    writer.wholes(`${name}/ends`, ends),
    writer.wholes(`${name}/axes`, axes),
  ]);
}

/** The number of samples is known only when the graph runs: it is read off `like`. */
function lowerRepeat(writer: OnnxWriter, { inputs: [x, like], output }: Node): void {
  const { name, shape } = output;
  const samples = writer.node(`${name}/samples`, "Shape", [like?.name ?? ""], { start: 0, end: 1 });
  const own = writer.wholes(
    `${name}/own`,
    shape.filter((size) => size !== anySize),
  );
  const sizes = writer.node(`${name}/shape`, "Concat", [samples, own], { axis: 0 });
  writer.node(name, "Expand", [x?.name ?? "", sizes]);
}

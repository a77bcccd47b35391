import { unreachable } from "../../base/invariant.js";
import { anySize, type BinaryName, type Node, type ReduceName, type UnaryName } from "../record/graph.js";
import { flag, float, int, text, whole, wholes } from "./attributes.js";
import { lowerConvolution } from "./convolution.js";
import type { GraphDefWriter } from "./graph-def.js";

const unary: Readonly<Record<UnaryName, string>> = {
  relu: "Relu",
  exp: "Exp",
  erf: "Erf",
  tanh: "Tanh",
  sigmoid: "Sigmoid",
  rsqrt: "Rsqrt",
  identity: "Identity",
};

const binary: Readonly<Record<BinaryName, string>> = {
  add: "AddV2",
  sub: "Sub",
  mul: "Mul",
  div: "RealDiv",
  min: "Minimum",
};

const reduce: Readonly<Record<ReduceName, string>> = { mean: "Mean", sum: "Sum", max: "Max" };

/** Writes one operation of a record as TensorFlow nodes; the last has the name of its value. */
export function lower(writer: GraphDefWriter, node: Node): void {
  const { operation, output } = node;
  const { name } = output;
  const inputs = node.inputs.map((input) => input.name);
  const [first = "", second = ""] = inputs;
  switch (operation.kind) {
    case "unary":
      writer.node(name, unary[operation.name], inputs, { T: float });
      return;
    case "binary":
      writer.node(name, binary[operation.name], inputs, { T: float });
      return;
    case "matmul":
      lowerProduct(writer, node);
      return;
    case "reduce": {
      const axes = writer.wholes(`${name}/axes`, operation.axes);
      const attributes = { T: float, Tidx: int, keep_dims: flag(operation.keep) };
      writer.node(name, reduce[operation.name], [first, axes], attributes);
      return;
    }
    case "softmax":
      writer.node(name, "Softmax", [first], { T: float });
      return;
    case "conv2d":
      lowerConvolution(writer, node, operation);
      return;
    case "pool":
      writer.node(name, operation.name === "max" ? "MaxPool" : "AvgPool", [first], {
        T: float,
        ksize: wholes([1, ...operation.size, 1]),
        strides: wholes([1, ...operation.stride, 1]),
        padding: text("VALID"),
        data_format: text("NHWC"),
      });
      return;
    case "reshape": {
      const shape = writer.wholes(`${name}/shape`, output.shape);
      writer.node(name, "Reshape", [first, shape], { T: float, Tshape: int });
      return;
    }
    case "transpose": {
      const order = writer.wholes(`${name}/order`, operation.order);
      writer.node(name, "Transpose", [first, order], { T: float, Tperm: int });
      return;
    }
    case "concat": {
      const axis = writer.wholes(`${name}/axis`, [operation.axis], []);
      writer.node(name, "ConcatV2", [...inputs, axis], { N: whole(inputs.length), T: float, Tidx: int });
      return;
    }
    case "pad":
      padded(writer, name, first, operation.margins, operation.value);
      return;
    case "slice":
      sliced(writer, name, first, operation.start, output.shape);
      return;
    case "gather": {
      const rows = writer.node(`${name}/rows`, "Cast", [second], { SrcT: float, DstT: int });
      const axis = writer.wholes(`${name}/axis`, [0], []);
      writer.node(name, "GatherV2", [first, rows, axis], { Tparams: float, Tindices: int, Taxis: int });
      return;
    }
    case "repeat":
      lowerRepeat(writer, node);
      return;
    default:
      unreachable(operation);
  }
}

/** @returns the name of x with places of one value around it */
export function padded(
  writer: GraphDefWriter,
  name: string,
  x: string,
  margins: readonly (readonly [number, number])[],
  value: number,
): string {
  const paddings = writer.wholes(`${name}/paddings`, margins.flat(), [margins.length, 2]);
  const filling = writer.constant(`${name}/value`, [], Float32Array.of(value));
  return writer.node(name, "PadV2", [x, paddings, filling], { T: float, Tpaddings: int });
}

/** @returns the name of a part of x; −1 as a size is all from the start on */
export function sliced(
  writer: GraphDefWriter,
  name: string,
  x: string,
  start: readonly number[],
  size: readonly number[],
): string {
  const begin = writer.wholes(`${name}/begin`, start);
  const extent = writer.wholes(`${name}/size`, size);
  return writer.node(name, "Slice", [x, begin, extent], { T: float, Index: int });
}

function lowerProduct(writer: GraphDefWriter, { inputs, output }: Node): void {
  const names = inputs.map(({ name }) => name);
  if (output.shape.length === 2) {
    const attributes = { T: float, transpose_a: flag(false), transpose_b: flag(false) };
    writer.node(output.name, "MatMul", names, attributes);
  } else
    writer.node(output.name, "BatchMatMulV2", names, { T: float, adj_x: flag(false), adj_y: flag(false) });
}

/** The number of samples is known only when the graph runs: it is read off `like`. */
function lowerRepeat(writer: GraphDefWriter, { inputs: [x, like], output }: Node): void {
  const { name } = output;
  const sizes = output.shape.filter((size) => size !== anySize);
  const all = writer.node(`${name}/sizes`, "Shape", [like?.name ?? ""], { T: float, out_type: int });
  const begin = writer.wholes(`${name}/begin`, [0]);
  const one = writer.wholes(`${name}/one`, [1]);
  const samples = writer.node(`${name}/samples`, "Slice", [all, begin, one], { T: int, Index: int });
  const own = writer.wholes(`${name}/own`, sizes);
  const axis = writer.wholes(`${name}/axis`, [0], []);
  const shape = writer.node(`${name}/shape`, "ConcatV2", [samples, own, axis], {
    N: whole(2),
    T: int,
    Tidx: int,
  });
  writer.node(name, "BroadcastTo", [x?.name ?? "", shape], { T: float, Tidx: int });
}

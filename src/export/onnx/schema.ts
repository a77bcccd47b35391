import { endianness } from "node:os";
import { Message } from "../../base/protobuf.js";
import { anySize, type Value } from "../record/graph.js";

/**
 * The messages of ONNX that are written, with the field numbers of onnx.proto3 (onnx 1.13, IR version 8). A field that
 * is not named here is left out, as the format allows.
 */

/** Version of the format of the file, and of the operators. */
const irVersion = 8;
const opset = 18;

/** TensorProto.DataType */
const dataType = { float: 1, int64: 7 } as const;

/** AttributeProto.AttributeType */
const attributeType = { int: 2, string: 3, ints: 7 } as const;

export type OnnxAttribute = number | string | readonly number[];

/** NodeProto: input 1, output 2, name 3, op_type 4, attribute 5. */
export function nodeProto(
  name: string,
  operator: string,
  inputs: readonly string[],
  attributes: Readonly<Record<string, OnnxAttribute>> = {},
): Message {
  const node = new Message();
  for (const input of inputs) node.text(1, input);
  node.text(2, name).text(3, name).text(4, operator);
  for (const [key, value] of Object.entries(attributes)) node.message(5, attributeProto(key, value));
  return node;
}

/** AttributeProto: name 1, i 3, s 4, ints 8, type 20. */
function attributeProto(name: string, value: OnnxAttribute): Message {
  const attribute = new Message().text(1, name);
  if (typeof value === "number") return attribute.whole(3, value).whole(20, attributeType.int);
  if (typeof value === "string") return attribute.text(4, value).whole(20, attributeType.string);
  for (const one of value) attribute.whole(8, one);
  return attribute.whole(20, attributeType.ints);
}

/** TensorProto: dims 1, data_type 2, name 8, raw_data 9 (little-endian). */
export function tensorProto(
  name: string,
  shape: readonly number[],
  values: Float32Array | BigInt64Array,
): Message {
  const floats = values instanceof Float32Array;
  return new Message()
    .wholes(1, shape)
    .whole(2, floats ? dataType.float : dataType.int64)
    .text(8, name)
    .bytes(9, littleEndian(values));
}

/**
 * ValueInfoProto: name 1, type 2; TypeProto: tensor_type 1; TypeProto.Tensor: elem_type 1, shape 2; TensorShapeProto:
 * dim 1; Dimension: dim_value 1, dim_param 2.
 */
function valueInfoProto({ name, shape }: Value): Message {
  const sizes = new Message();
  for (const size of shape) {
    const dimension = new Message();
    sizes.message(1, size === anySize ? dimension.text(2, "batch") : dimension.whole(1, size));
  }
  const tensor = new Message().whole(1, dataType.float).message(2, sizes);
  return new Message().text(1, name).message(2, new Message().message(1, tensor));
}

export interface OnnxParts {
  readonly name: string;
  /** Who wrote it, and its version. */
  readonly producer: readonly [string, string];
  readonly nodes: readonly Message[];
  readonly initializers: readonly Message[];
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * ModelProto: ir_version 1, producer_name 2, producer_version 3, graph 7, opset_import 8, metadata_props 14. GraphProto:
 * node 1, name 2, initializer 5, input 11, output 12. OperatorSetIdProto: domain 1, version 2. StringStringEntryProto:
 * key 1, value 2.
 */
export function modelProto(parts: OnnxParts): Message {
  const graph = new Message();
  for (const node of parts.nodes) graph.message(1, node);
  graph.text(2, parts.name);
  for (const tensor of parts.initializers) graph.message(5, tensor);
  for (const input of parts.inputs) graph.message(11, valueInfoProto(input));
  for (const output of parts.outputs) graph.message(12, valueInfoProto(output));
  const model = new Message()
    .whole(1, irVersion)
    .text(2, parts.producer[0])
    .text(3, parts.producer[1])
    .message(7, graph)
    .message(8, new Message().text(1, "").whole(2, opset));
  for (const [key, value] of Object.entries(parts.metadata))
    model.message(14, new Message().text(1, key).text(2, value));
  return model;
}

function littleEndian(values: Float32Array | BigInt64Array): Uint8Array {
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  if (endianness() === "LE") return bytes;
  const copy = Buffer.from(bytes);
  return values instanceof Float32Array ? copy.swap32() : copy.swap64();
}

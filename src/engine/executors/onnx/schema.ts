import { endianness } from "node:os";
import { Message } from "../../../base/protobuf.js";

/** The messages of ONNX that are written, with the field numbers of onnx.proto3. What is not named here is left out. */

/** IR version 9 and operator set 20 are those of onnx 1.15. */
const irVersion = 9;
const opset = 20;
/** Operators of the runtime's own: FusedMatMul. */
export const runtimeDomain = "com.microsoft";
/** The runtime's operators over images in blocks of channels. */
export const blockedDomain = "com.microsoft.nchwc";

/** TensorProto.DataType */
export const dataType = { float32: 1, int32: 6, int64: 7, bool: 9, uint32: 12 } as const;
export type OnnxType = keyof typeof dataType;

/** AttributeProto.AttributeType */
const attributeType = { float: 1, int: 2, string: 3, ints: 7 } as const;

/** Whole numbers are ints; a float says so. */
export type OnnxAttribute = number | string | readonly number[] | { readonly float: number };
export type OnnxAttributes = Readonly<Record<string, OnnxAttribute>>;

export interface OnnxNode {
  readonly operator: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: OnnxAttributes;
}

export interface OnnxTensor {
  readonly name: string;
  readonly type: OnnxType;
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array | Uint32Array | BigInt64Array;
}

export interface OnnxValue {
  readonly name: string;
  readonly type: OnnxType;
  readonly shape: readonly number[];
}

export interface OnnxParts {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

/**
 * ModelProto: ir_version 1, producer_name 2, graph 7, opset_import 8. GraphProto: node 1, name 2, initializer 5, input 11,
 * output 12. OperatorSetIdProto: domain 1, version 2.
 */
export function modelProto(parts: OnnxParts): Uint8Array {
  const graph = new Message();
  for (const node of parts.nodes) graph.message(1, nodeProto(node));
  graph.text(2, "step");
  for (const tensor of parts.initializers) graph.message(5, tensorProto(tensor));
  for (const input of parts.inputs) graph.message(11, valueInfoProto(input));
  for (const output of parts.outputs) graph.message(12, valueInfoProto(output));
  const set = (domain: string, version: number) => new Message().text(1, domain).whole(2, version);
  const model = new Message().whole(1, irVersion).text(2, "lerac").message(7, graph);
  model.message(8, set("", opset)).message(8, set(runtimeDomain, 1)).message(8, set(blockedDomain, 1));
  return Buffer.concat(model.pieces);
}

/** NodeProto: input 1, output 2, name 3, op_type 4, attribute 5, domain 7. */
function nodeProto({ operator, domain, inputs, outputs, attributes }: OnnxNode): Message {
  const node = new Message();
  for (const input of inputs) node.text(1, input);
  for (const output of outputs) node.text(2, output);
  node.text(3, outputs[0] ?? "").text(4, operator);
  for (const [name, value] of Object.entries(attributes)) node.message(5, attributeProto(name, value));
  return domain === "" ? node : node.text(7, domain);
}

/** AttributeProto: name 1, f 2, i 3, s 4, ints 8, type 20. */
function attributeProto(name: string, value: OnnxAttribute): Message {
  const attribute = new Message().text(1, name);
  if (typeof value === "number") return attribute.whole(3, value).whole(20, attributeType.int);
  if (typeof value === "string") return attribute.text(4, value).whole(20, attributeType.string);
  if ("float" in value) return attribute.float(2, value.float).whole(20, attributeType.float);
  for (const one of value) attribute.whole(8, one);
  return attribute.whole(20, attributeType.ints);
}

/** TensorProto: dims 1, data_type 2, name 8, raw_data 9 (little-endian). */
function tensorProto({ name, type, shape, values }: OnnxTensor): Message {
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  const turned = () =>
    values.BYTES_PER_ELEMENT === 8 ? Buffer.from(bytes).swap64() : Buffer.from(bytes).swap32();
  return new Message()
    .wholes(1, shape)
    .whole(2, dataType[type])
    .text(8, name)
    .bytes(9, endianness() === "LE" ? bytes : turned());
}

/**
 * ValueInfoProto: name 1, type 2; TypeProto: tensor_type 1; TypeProto.Tensor: elem_type 1, shape 2; TensorShapeProto:
 * dim 1; Dimension: dim_value 1.
 */
function valueInfoProto({ name, type, shape }: OnnxValue): Message {
  const sizes = new Message();
  for (const size of shape) sizes.message(1, new Message().whole(1, size));
  const tensor = new Message().whole(1, dataType[type]).message(2, sizes);
  return new Message().text(1, name).message(2, new Message().message(1, tensor));
}

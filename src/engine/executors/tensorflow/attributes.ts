import { Message } from "../../../base/protobuf.js";

/** The value of an attribute of a node: tensorflow/core/framework/attr_value.proto. */
export type Attribute = Message;
export type TensorflowType = "float32" | "int32" | "bool";

/** tensorflow/core/framework/types.proto. */
export const typeNumber: Readonly<Record<TensorflowType, number>> = { float32: 1, int32: 3, bool: 10 };

export function type(value: TensorflowType): Attribute {
  return new Message().whole(6, typeNumber[value]);
}

export function whole(value: number): Attribute {
  return new Message().whole(3, value);
}

export function float(value: number): Attribute {
  return new Message().float(4, value);
}

export function flag(value: boolean): Attribute {
  return new Message().whole(5, value ? 1 : 0);
}

export function text(value: string): Attribute {
  return new Message().text(2, value);
}

export function wholes(values: readonly number[]): Attribute {
  return new Message().message(1, new Message().wholes(3, values));
}

export function shape(sizes: readonly number[]): Attribute {
  return new Message().message(7, shapeProto(sizes));
}

export function tensor(values: Float32Array | Int32Array, sizes: readonly number[]): Attribute {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const of = values instanceof Float32Array ? "float32" : "int32";
  const proto = new Message().whole(1, typeNumber[of]).message(2, shapeProto(sizes)).bytes(4, bytes);
  return new Message().message(8, proto);
}

/** tensorflow/core/framework/tensor_shape.proto. */
export function shapeProto(sizes: readonly number[]): Message {
  const proto = new Message();
  for (const size of sizes) proto.message(2, new Message().whole(1, size));
  return proto;
}

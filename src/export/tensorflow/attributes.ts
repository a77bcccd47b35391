/**
 * Values of attributes in a TensorFlow graph written as JSON (tensorflow/core/framework/attr_value.proto in its JSON
 * form: whole numbers as text, strings in base64).
 */
export type Attribute =
  | { readonly type: NumberType }
  | { readonly b: boolean }
  | { readonly i: string }
  | { readonly s: string }
  | { readonly list: { readonly i: readonly string[] } }
  | { readonly shape: TensorShape }
  | { readonly tensor: { readonly dtype: NumberType; readonly tensorShape: TensorShape } };

export type NumberType = "DT_FLOAT" | "DT_INT32";

export interface TensorShape {
  readonly dim: readonly { readonly size: string }[];
}

export const float: Attribute = { type: "DT_FLOAT" };
export const int: Attribute = { type: "DT_INT32" };

export function flag(value: boolean): Attribute {
  return { b: value };
}

export function whole(value: number): Attribute {
  return { i: String(value) };
}

export function wholes(values: readonly number[]): Attribute {
  return { list: { i: values.map(String) } };
}

export function text(value: string): Attribute {
  return { s: Buffer.from(value).toString("base64") };
}

/** −1 is a size that is not known before the graph runs, here as in the record. */
export function tensorShape(shape: readonly number[]): TensorShape {
  return { dim: shape.map((size) => ({ size: String(size) })) };
}

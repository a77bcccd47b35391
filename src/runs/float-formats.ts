/**
 * Number formats of tensor files, each turned into float32. What float32 can't hold (large integers, doubles) is
 * rounded to the nearest value, as every framework does on conversion.
 */
export interface FloatFormat {
  readonly bytes: number;
  readonly read: (view: DataView, offset: number) => number;
}

/** By the name the safetensors format gives them; all little-endian. */
export const floatFormats: ReadonlyMap<string, FloatFormat> = new Map<string, FloatFormat>([
  ["BOOL", { bytes: 1, read: (view, at) => (view.getUint8(at) === 0 ? 0 : 1) }],
  ["U8", { bytes: 1, read: (view, at) => view.getUint8(at) }],
  ["I8", { bytes: 1, read: (view, at) => view.getInt8(at) }],
  ["U16", { bytes: 2, read: (view, at) => view.getUint16(at, true) }],
  ["I16", { bytes: 2, read: (view, at) => view.getInt16(at, true) }],
  ["F16", { bytes: 2, read: (view, at) => halfToNumber(view.getUint16(at, true)) }],
  ["BF16", { bytes: 2, read: (view, at) => bfloatToNumber(view.getUint16(at, true)) }],
  ["U32", { bytes: 4, read: (view, at) => view.getUint32(at, true) }],
  ["I32", { bytes: 4, read: (view, at) => view.getInt32(at, true) }],
  ["F32", { bytes: 4, read: (view, at) => view.getFloat32(at, true) }],
  ["U64", { bytes: 8, read: (view, at) => Number(view.getBigUint64(at, true)) }],
  ["I64", { bytes: 8, read: (view, at) => Number(view.getBigInt64(at, true)) }],
  ["F64", { bytes: 8, read: (view, at) => view.getFloat64(at, true) }],
]);

/** IEEE 754 binary16: 1 sign bit, 5 exponent bits (bias 15), 10 fraction bits. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const scratch = new DataView(new ArrayBuffer(4));

/** bfloat16 is the upper half of a float32. */
function bfloatToNumber(bits: number): number {
  scratch.setUint32(0, bits << 16);
  return scratch.getFloat32(0);
}

import { sizeOf } from "../../../graph/types.js";
import type { MaskAttributes } from "../../../kinds/random.js";
import { type, whole } from "../attributes.js";
import type { Lower } from "../values.js";
import type { TensorflowWriter } from "../writer.js";

/** Bits moved to the right with zeros from the left: TensorFlow's own shift of signed numbers fills in their sign. */
function shifted(w: TensorflowWriter, x: string, by: number): string {
  return w.whole("BitwiseAnd", [w.whole("RightShift", [x, w.word(by)]), w.word(2 ** (32 - by) - 1)]);
}

function mixed(w: TensorflowWriter, x: string, by: number): string {
  return w.whole("BitwiseXor", [x, shifted(w, x, by)]);
}

/** `hashBits` of base, in whole numbers of 32 bits that wrap around. */
function hashBits(w: TensorflowWriter, index: string, key0: string, key1: string): string {
  const times = (x: string, factor: number) => w.whole("Mul", [x, w.word(factor)]);
  let x = w.whole("BitwiseXor", [times(index, 0x9e3779b9), key0]);
  x = w.whole("AddV2", [times(mixed(w, x, 16), 0x7feb352d), key1]);
  x = times(mixed(w, x, 15), 0x846ca68b);
  return mixed(w, x, 16);
}

/** keys [sites, 2], step [] → [sites, 2]. */
const stepKeys: Lower = (l) => {
  const { writer: w } = l;
  const [key0, key1] = [0, 1].map((column) => w.gather(l.input(0), w.word(column), type("int32"), 1)) as [
    string,
    string,
  ];
  const other = w.whole("BitwiseXor", [l.input(1), w.word(0x80000000)]);
  const made = [l.input(1), other].map((index) => hashBits(w, index, key0, key1));
  l.output(0, w.node("Pack", made, { N: whole(2), T: type("int32"), axis: whole(1) }));
};

const dropoutMask: Lower = (l) => {
  const { writer: w } = l;
  const { site, threshold, scale, shape } = l.attributes<MaskAttributes>();
  const size = sizeOf(shape);
  const words = Math.ceil(size / 2);
  const key = w.gather(l.input(0), w.word(site), type("int32"));
  const [key0, key1] = [0, 1].map((column) => w.gather(key, w.word(column), type("int32"))) as [
    string,
    string,
  ];
  const index = w.node("Range", [w.word(0), w.word(words), w.word(1)], { Tidx: type("int32") });
  const bits = hashBits(w, index, key0, key1);
  const halves = [w.whole("BitwiseAnd", [bits, w.word(0xffff)]), shifted(w, bits, 16)];
  const all = w.concat(halves, 0, type("int32"));
  const kept = w.whole("GreaterEqual", [all, w.word(threshold)]);
  const mask = w.mul(w.node("Cast", [kept], { SrcT: type("bool"), DstT: type("float32") }), w.scalar(scale));
  l.output(0, w.reshape(size === 2 * words ? mask : w.slice(mask, [0], [size]), shape));
};

export const random: Readonly<Record<string, Lower>> = {
  "lerac.StepKeys": stepKeys,
  "lerac.DropoutMask": dropoutMask,
};

import { sizeOf } from "../../../graph/types.js";
import type { MaskAttributes } from "../../../kinds/random.js";
import type { Lower } from "../values.js";
import type { OnnxWriter } from "../writer.js";

/** What `hashBits` multiplies indices by. */
const spread = 0x9e3779b9;

/** `hashBits` of base, in 32-bit words that wrap, of indices that are spread already; shapes broadcast. */
function hashBits(w: OnnxWriter, index: string, key0: string, key1: string): string {
  const word = (value: number) => w.words([], [value]);
  const folded = (x: string, bits: number) =>
    w.node("BitwiseXor", [x, w.node("BitShift", [x, word(bits)], { direction: "RIGHT" })]);
  let x = w.node("BitwiseXor", [index, key0]);
  x = w.add(w.mul(folded(x, 16), word(0x7feb352d)), key1);
  x = w.mul(folded(x, 15), word(0x846ca68b));
  return folded(x, 16);
}

const stepKeys: Lower = (l) => {
  const { writer } = l;
  const step = writer.cast(l.input(1), "uint32");
  const indices = writer.node("BitwiseXor", [step, writer.words([1, 2], [0, 0x80000000])]);
  const half = (from: number) => writer.slice(l.input(0), [1], [[from, from + 1, 1]]);
  l.output(0, hashBits(writer, writer.mul(indices, writer.words([], [spread])), half(0), half(1)));
};

/** Indices in a row of those from which longer ones are made. */
const together = 4096;

/** 0, 1, … count − 1 times `spread`, as the sums of a column and a row: of large masks a literal would be megabytes. */
function spreadIndices(w: OnnxWriter, count: number): string {
  const steps = (length: number, size: number) =>
    Uint32Array.from({ length }, (_, i) => Math.imul(Math.imul(i, size), spread));
  if (count <= together) return w.words([count], steps(count, 1));
  const rows = Math.ceil(count / together);
  const column = w.words([rows, 1], steps(rows, together));
  const all = w.reshape(w.add(column, w.words([1, together], steps(together, 1))), [rows * together]);
  return rows * together === count ? all : w.slice(all, [0], [[0, count, 1]]);
}

const dropoutMask: Lower = (l) => {
  const { writer } = l;
  const { site, threshold, scale, shape } = l.attributes<MaskAttributes>();
  const size = sizeOf(shape);
  const words = Math.ceil(size / 2);
  const key = (half: number) =>
    writer.reshape(
      writer.slice(
        l.input(0),
        [0, 1],
        [
          [site, site + 1, 1],
          [half, half + 1, 1],
        ],
      ),
      [1],
    );
  const bits = hashBits(writer, spreadIndices(writer, words), key(0), key(1));
  const low = writer.node("BitwiseAnd", [bits, writer.words([], [0xffff])]);
  const high = writer.node("BitShift", [bits, writer.words([], [16])], { direction: "RIGHT" });
  const decisions = writer.slice(writer.node("Concat", [low, high], { axis: 0 }), [0], [[0, size, 1]]);
  const dropped = writer.node("Less", [decisions, writer.words([], [threshold])]);
  const kept = writer.cast(writer.node("Not", [dropped]), "float32");
  l.output(0, writer.reshape(writer.mul(kept, writer.scalar(scale)), shape));
};

export const random: Readonly<Record<string, Lower>> = {
  "lerac.StepKeys": stepKeys,
  "lerac.DropoutMask": dropoutMask,
};

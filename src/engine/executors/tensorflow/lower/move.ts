import type { AxesAttributes, PadAttributes, SliceAttributes, SplitAttributes } from "../../../kinds/move.js";
import { type, whole } from "../attributes.js";
import type { Lower } from "../values.js";

export const moves: Readonly<Record<string, Lower>> = {
  "lerac.Transpose": (l) => l.output(0, l.writer.transpose(l.input(0), l.attributes<AxesAttributes>().axes)),
  "lerac.Concat": (l) =>
    l.output(0, l.writer.concat(l.inputs(), l.attributes<{ readonly axis: number }>().axis)),
  "lerac.Pad": (l) => {
    const { before, after, value } = l.attributes<PadAttributes>();
    const margins = before.map((places, axis) => [places, after[axis] ?? 0] as const);
    l.output(0, l.writer.pad(l.input(0), margins, value));
  },
  "lerac.Slice": (l) => {
    const { start, size } = l.attributes<SliceAttributes>();
    l.output(0, l.writer.slice(l.input(0), start, size));
  },
  "lerac.Split": (l) => {
    const { axis, sizes } = l.attributes<SplitAttributes>();
    const attributes = { num_split: whole(sizes.length), T: type("float32"), Tlen: type("int32") };
    const { writer: w } = l;
    const name = w.node("SplitV", [l.input(0), w.sizes(sizes), w.word(axis)], attributes);
    for (const i of sizes.keys()) l.output(i, i === 0 ? name : `${name}:${i}`);
  },
  "lerac.SumOver": (l) => {
    const { axes } = l.attributes<AxesAttributes>();
    l.output(0, l.writer.reduce("Sum", l.input(0), axes, true));
  },
};

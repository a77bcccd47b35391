import type { AxesAttributes, PadAttributes, SliceAttributes } from "../../../kinds/move.js";
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
  "lerac.SumOver": (l) => {
    const { axes } = l.attributes<AxesAttributes>();
    l.output(0, l.writer.reduce("Sum", l.input(0), axes, true));
  },
};

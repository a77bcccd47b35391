import type { AxesAttributes, PadAttributes, SliceAttributes, SplitAttributes } from "../../../kinds/move.js";
import type { Layout, Lower, Lowering } from "../values.js";

/** An axis of an image where it lies in this layout; blocks are asked for their channels only. */
function axisIn(layout: Layout, rank: number, axis: number): number {
  return rank === 4 && layout !== "last" ? ([0, 2, 3, 1][axis] ?? axis) : axis;
}

const transpose: Lower = (l) =>
  l.output(0, l.writer.transpose(l.input(0), l.attributes<AxesAttributes>().axes));

const concat: Lower = (l) => {
  const { axis } = l.attributes<{ readonly axis: number }>();
  const rank = l.shape(0).length;
  const all = l.op.inputs.map((_, index) => index);
  const layout = axis === 3 && rank === 4 ? l.layout(...all) : "last";
  const inputs = all.map((index) => l.input(index, layout));
  l.output(0, l.writer.node("Concat", inputs, { axis: axisIn(layout, rank, axis) }), layout);
};

const pad: Lower = (l) => {
  const { before, after, value } = l.attributes<PadAttributes>();
  const { writer } = l;
  const inputs = [l.input(0), writer.wholes([...before, ...after]), writer.scalar(value)];
  l.output(0, writer.node("Pad", inputs));
};

const slice: Lower = (l) => {
  const { start, size } = l.attributes<SliceAttributes>();
  const shape = l.shape(0);
  const axes = [...shape.keys()].filter((axis) => size[axis] !== shape[axis]);
  const layout = axes.join() === "3" && shape.length === 4 ? channelsLayout(l, start[3] ?? 0) : "last";
  if (axes.length === 0) return l.output(0, l.input(0));
  const bounds = axes.map((axis) => [start[axis] ?? 0, (start[axis] ?? 0) + (size[axis] ?? 0), 1] as const);
  const moved = axes.map((axis) => axisIn(layout, shape.length, axis));
  l.output(0, l.writer.slice(l.input(0, layout), moved, bounds), layout);
};

/** Channels from `start` on are whole blocks, or lie channels first or last. */
function channelsLayout(l: Lowering, start: number): Layout {
  const layout = l.layout(0);
  if (layout !== "blocked") return layout;
  const whole = l.values.fitsBlocks(l.outputShape()) && start % (l.values.block ?? 1) === 0;
  return whole ? "blocked" : "first";
}

const split: Lower = (l) => {
  const { axis, sizes } = l.attributes<SplitAttributes>();
  const parts = l.writer.nodes("Split", [l.input(0), l.writer.wholes(sizes)], { axis }, sizes.length);
  parts.forEach((part, i) => {
    l.output(i, part);
  });
};

const sumOver: Lower = (l) => {
  const { axes } = l.attributes<AxesAttributes>();
  const inputs = [l.input(0), l.writer.wholes(axes)];
  l.output(0, l.writer.node("ReduceSum", inputs, { keepdims: 1 }));
};

export const moves: Readonly<Record<string, Lower>> = {
  "lerac.Transpose": transpose,
  "lerac.Concat": concat,
  "lerac.Pad": pad,
  "lerac.Slice": slice,
  "lerac.Split": split,
  "lerac.SumOver": sumOver,
};

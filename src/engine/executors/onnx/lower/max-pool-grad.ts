import { sizeOf } from "../../../graph/types.js";
import type { PoolAttributes } from "../../../kinds/pool.js";
import type { Lower, Lowering } from "../values.js";

export function window(l: Lowering) {
  const { size, stride, padding } = l.attributes<PoolAttributes>();
  return {
    kernel_shape: [size, size],
    strides: [stride, stride],
    pads: [padding, padding, padding, padding],
  };
}

/** The gradient goes to the first place of each window that holds its maximum. */
export const maxPoolGrad: Lower = (l) => {
  const { size, stride, padding } = l.attributes<PoolAttributes>();
  const [, height = 1, width = 1] = l.shape(1);
  if (size === stride && padding === 0 && height % size === 0 && width % size === 0) return byComparison(l);
  if (!l.values.target.placesOfMaxima) return byShiftedComparison(l);
  const { writer } = l;
  const [batch = 1, , , channels = 1] = l.shape(1);
  const [, places = ""] = writer.nodes("MaxPool", [l.input(1, "first")], window(l), 2);
  const zeros = writer.node("Expand", [writer.scalar(0), writer.wholes([sizeOf(l.shape(1))])]);
  const flat = [writer.reshape(places, [-1]), writer.reshape(l.input(0, "first"), [-1])];
  const sums = writer.node("ScatterElements", [zeros, ...flat], { axis: 0, reduction: "add" });
  l.output(0, writer.reshape(sums, [batch, channels, height, width]), "first");
};

/** Windows that meet without overlap: each position compares itself with the maximum; the first that holds it gets dy. */
function byComparison(l: Lowering): void {
  const { writer } = l;
  const { size } = l.attributes<PoolAttributes>();
  const layout = l.layout(0, 1, 2) === "blocked" ? "blocked" : "first";
  const [batch = 1, height = 1, width = 1, channels = 1] = l.shape(1);
  // Chunks are what stands together at one place of the image: a block of channels, or a number.
  const chunk = layout === "blocked" ? (l.values.block ?? 1) : 1;
  const planes = (batch * channels) / chunk;
  const [rows, columns] = [height / size, width / size];
  const x = l.input(1, layout);
  const [y, dy] = [2, 0].map((index) =>
    writer.reshape(l.input(index, layout), [planes * rows, 1, columns, chunk]),
  ) as [string, string];
  const sliced = (row: number, column: number) => {
    const bounds = [[row, row + 1, 1] as const, [column, column + 1, 1] as const];
    return writer.slice(writer.reshape(x, [planes * rows, size, columns, size]), [1, 3], bounds);
  };
  // The runtime gathers chunks with all its threads and slices with one.
  const gathered = (row: number, column: number) => {
    const places = (height * width * channels) / chunk;
    const table = Int32Array.from({ length: places / size ** 2 }, (_, i) => {
      const [line, place] = [Math.floor(i / columns), i % columns];
      return (line * size + row) * width + place * size + column;
    });
    const known = `every ${size} from ${row} ${column} of ${places} by ${width}`;
    const indices = writer.constant("int32", [table.length], table, known);
    return writer.node("Gather", [writer.reshape(x, [batch, places, chunk]), indices], { axis: 1 });
  };
  let taken: string | null = null;
  const gradients = Array.from({ length: size * size }, (_, position) => {
    const [row, column] = [Math.floor(position / size), position % size];
    const seen = chunk === 1 ? sliced(row, column) : gathered(row, column);
    const equal = writer.node("Equal", [writer.reshape(seen, [planes * rows, 1, columns, chunk]), y]);
    const wins = taken === null ? equal : writer.node("And", [equal, writer.node("Not", [taken])]);
    taken = taken === null ? equal : writer.node("Or", [taken, equal]);
    return writer.mul(writer.cast(wins, "float32"), dy);
  });
  const lines = Array.from({ length: size }, (_, row) =>
    writer.node("Concat", gradients.slice(row * size, (row + 1) * size), { axis: 3 }),
  );
  const all = lines.length === 1 ? (lines[0] ?? "") : writer.node("Concat", lines, { axis: 1 });
  l.output(0, writer.reshape(all, [batch, channels, height, width]), layout);
}

/**
 * Windows that overlap, where maxima come without their places: what a tap sees of each window is compared with the maximum,
 * and what it wins goes back to where it came from, with zeros between.
 */
function byShiftedComparison(l: Lowering): void {
  const { writer } = l;
  const { size, stride, padding } = l.attributes<PoolAttributes>();
  const [, height = 1, width = 1] = l.shape(1);
  const [, rows = 1, columns = 1] = l.shape(0);
  const spans = [rows, columns].map((places) => (places - 1) * stride + 1);
  // As far as windows reach, and at least to the end of the image.
  const ends = [height, width].map((extent, axis) =>
    Math.max(extent + padding, (spans[axis] ?? 1) - 1 + size),
  );
  const after = [height, width].map((extent, axis) => (ends[axis] ?? 0) - extent - padding);
  const margins = writer.wholes([0, 0, padding, padding, 0, 0, ...after]);
  const x = writer.node("Pad", [l.input(1, "first"), margins, writer.scalar(Number.NEGATIVE_INFINITY)]);
  const [y, dy] = [l.input(2, "first"), l.input(0, "first")];
  let taken: string | null = null;
  let sum: string | null = null;
  for (let tap = 0; tap < size * size; tap++) {
    const offsets = [Math.floor(tap / size), tap % size];
    const bounds = offsets.map((from, axis) => [from, from + (spans[axis] ?? 1), stride] as const);
    const equal: string = writer.node("Equal", [writer.slice(x, [2, 3], bounds), y]);
    const wins: string = taken === null ? equal : writer.node("And", [equal, writer.node("Not", [taken])]);
    taken = taken === null ? equal : writer.node("Or", [taken, equal]);
    const won = apart(l, writer.mul(writer.cast(wins, "float32"), dy), [rows, columns], stride);
    const rest = offsets.map((from, axis) => (ends[axis] ?? 0) - from - (spans[axis] ?? 0));
    const placed = writer.node("Pad", [won, writer.wholes([0, 0, ...offsets, 0, 0, ...rest])]);
    sum = sum === null ? placed : writer.add(sum, placed);
  }
  const inside = [height, width].map((extent) => [padding, padding + extent, 1] as const);
  l.output(0, writer.slice(sum ?? "", [2, 3], inside), "first");
}

/** An image with zeros between its rows and columns, so that they stand `stride` apart. */
function apart(l: Lowering, x: string, places: readonly number[], stride: number): string {
  if (stride === 1) return x;
  const { writer } = l;
  const [batch = 1, , , channels = 1] = l.shape(0);
  const [rows = 1, columns = 1] = places;
  const planes = batch * channels;
  const between = writer.wholes([0, 0, 0, 0, 0, 0, 0, stride - 1, 0, stride - 1]);
  const spread = writer.node("Pad", [writer.reshape(x, [planes, rows, 1, columns, 1]), between]);
  const all = writer.reshape(spread, [batch, channels, rows * stride, columns * stride]);
  const ends = places.map((count) => [0, (count - 1) * stride + 1, 1] as const);
  return writer.slice(all, [2, 3], ends);
}

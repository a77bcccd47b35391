import { sizeOf } from "../../../graph/types.js";
import type { PoolAttributes } from "../../../kinds/pool.js";
import type { Pair } from "../../../ops/sliding.js";
import type { Lower, Lowering } from "../values.js";

function window(l: Lowering) {
  const { size, stride, padding } = l.attributes<PoolAttributes>();
  return {
    kernel_shape: [size, size],
    strides: [stride, stride],
    pads: [padding, padding, padding, padding],
  };
}

const maxPool: Lower = (l) => {
  if (l.layout(0) !== "blocked")
    return l.output(0, l.writer.node("MaxPool", [l.input(0, "first")], window(l)), "first");
  l.output(
    0,
    l.writer.blocked("MaxPool", [l.input(0, "blocked")], { ...window(l), dilations: [1, 1] }),
    "blocked",
  );
};

const maxPoolGrad: Lower = (l) => {
  const { size, stride, padding } = l.attributes<PoolAttributes>();
  const [, height = 1, width = 1] = l.shape(1);
  if (size === stride && padding === 0 && height % size === 0 && width % size === 0) return byComparison(l);
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

const avgPool: Lower = (l) => {
  const attributes = { ...window(l), count_include_pad: 1 };
  if (l.layout(0) === "blocked") {
    const { size, padding } = l.attributes<PoolAttributes>();
    const [, height, width] = l.shape(0);
    const whole = padding === 0 && size === height && size === width;
    const made = whole
      ? l.writer.blocked("GlobalAveragePool", [l.input(0, "blocked")])
      : l.writer.blocked("AveragePool", [l.input(0, "blocked")], { ...attributes, dilations: [1, 1] });
    return l.output(0, made, "blocked");
  }
  l.output(0, l.writer.node("AveragePool", [l.input(0, "first")], attributes), "first");
};

const avgPoolGrad: Lower = (l) => {
  const { writer } = l;
  const { size, stride, padding, extent } = l.attributes<PoolAttributes & { readonly extent: Pair }>();
  const [batch = 1, rows = 1, columns = 1, channels = 1] = l.shape(0);
  const dy = l.input(0, "first");
  if (rows * columns === 1 && padding === 0 && extent[0] === size && extent[1] === size) {
    const share = writer.mul(dy, writer.scalar(1 / size ** 2));
    l.output(0, writer.node("Expand", [share, writer.wholes([batch, channels, ...extent])]), "first");
    return;
  }
  const kernel = new Float32Array(channels * size * size).fill(1 / size ** 2);
  const rest = ([rows, columns] as const).map(
    (places, axis) => (extent[axis as 0 | 1] ?? 1) + 2 * padding - size - (places - 1) * stride,
  );
  const weights = writer.constant("float32", [channels, 1, size, size], kernel);
  const attributes = { ...window(l), group: channels, output_padding: rest };
  l.output(0, writer.node("ConvTranspose", [dy, weights], attributes), "first");
};

export const pools: Readonly<Record<string, Lower>> = {
  "lerac.MaxPool": maxPool,
  "lerac.MaxPoolGrad": maxPoolGrad,
  "lerac.AvgPool": avgPool,
  "lerac.AvgPoolGrad": avgPoolGrad,
};

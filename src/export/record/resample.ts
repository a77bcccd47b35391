import type { GraphBuilder } from "./builder.js";
import { anySize, type Value } from "./graph.js";

/** Means over even bins: bin i of n reaches from ⌊i · size / n⌋ up to, without, ⌈(i + 1) · size / n⌉. */
export function adaptiveAverage(g: GraphBuilder, x: Value, rows: number, columns: number): Value {
  const [, height = 1, width = 1] = x.shape;
  if (height % rows === 0 && width % columns === 0) {
    const window = [height / rows, width / columns] as const;
    return g.pool("avg", x, window, window);
  }
  const shares = (size: number, bins: number) => (bin: number, place: number) => {
    const start = Math.floor((bin * size) / bins);
    const end = Math.ceil(((bin + 1) * size) / bins);
    return place >= start && place < end ? 1 / (end - start) : 0;
  };
  return along(g, along(g, x, 1, rows, shares(height, rows)), 2, columns, shares(width, columns));
}

/** An image larger by a whole factor: each value repeated, or interpolated between centres with the edges held. */
export function enlarged(g: GraphBuilder, x: Value, factor: number, mode: "nearest" | "bilinear"): Value {
  const [, height = 1, width = 1, channels = 1] = x.shape;
  if (mode === "bilinear") {
    const shares = (size: number) => (out: number, place: number) => {
      const at = Math.min(size - 1, Math.max(0, (out + 0.5) / factor - 0.5));
      return Math.max(0, 1 - Math.abs(at - place));
    };
    const rows = along(g, x, 1, height * factor, shares(height));
    return along(g, rows, 2, width * factor, shares(width));
  }
  const copies = (value: Value, axis: number) => g.concat(Array<Value>(factor).fill(value), axis);
  const tall = copies(g.reshape(x, [anySize, height, 1, width * channels]), 2);
  const wide = copies(g.reshape(tall, [anySize, height * factor * width, 1, channels]), 2);
  return g.reshape(wide, [anySize, height * factor, width * factor, channels]);
}

/** One axis of an image multiplied by the matrix of `share(out, place)`. */
function along(
  g: GraphBuilder,
  x: Value,
  axis: 1 | 2,
  size: number,
  share: (out: number, place: number) => number,
): Value {
  const places = x.shape[axis] ?? 1;
  const matrix = new Float32Array(places * size);
  for (let place = 0; place < places; place++)
    for (let out = 0; out < size; out++) matrix[place * size + out] = share(out, place);
  // Exchanges the axis with the channels, which is its own way back.
  const order = axis === 1 ? [0, 3, 2, 1] : [0, 1, 3, 2];
  const moved = g.transpose(x, order);
  const rows = g.reshape(moved, [anySize, places]);
  const product = g.matmul(rows, g.number("shares", [places, size], matrix));
  return g.transpose(g.reshape(product, [...moved.shape.slice(0, -1), size]), order);
}

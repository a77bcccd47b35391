import type { ConvTranspose2dOptions } from "../../language/forward.js";
import type { GraphBuilder } from "./builder.js";
import { anySize, type Constant, type Value } from "./graph.js";

/**
 * A transposed convolution as a plain one: x spread to every stride-th place of zeros, under the kernel read backwards
 * with its inputs and outputs exchanged. No format's own operator covers groups, dilation and output padding together.
 */
export function transposedConvolution(
  g: GraphBuilder,
  x: Value,
  kernel: Constant,
  bias: Value | null,
  options: ConvTranspose2dOptions,
): Value {
  const { stride, padding, dilation, groups, outputPadding } = options;
  const [rows = 1, columns = 1] = kernel.shape;
  const margin = (taps: number): readonly [number, number] => {
    const reach = dilation * (taps - 1);
    // Spread values stand `stride` apart and end with stride − 1 zeros.
    return [reach - padding, reach - padding + outputPadding - (stride - 1)];
  };
  const spaced = spread(g, x, stride);
  const fitted = withMargins(g, spaced, margin(rows), margin(columns));
  return g.conv2d(fitted, backwards(g, kernel, groups), bias, {
    stride: 1,
    dilation,
    groups,
    padding: [0, 0],
  });
}

/** Zeros behind every row and column: [B, H, W, C] → [B, stride · H, stride · W, C]. */
function spread(g: GraphBuilder, x: Value, stride: number): Value {
  if (stride === 1) return x;
  const [, height = 1, width = 1, channels = 1] = x.shape;
  const rows = g.reshape(x, [anySize, 1, width, channels]);
  const padded = g.pad(
    rows,
    [
      [0, 0],
      [0, stride - 1],
      [0, 0],
      [0, (stride - 1) * channels],
    ],
    0,
  );
  return g.reshape(padded, [anySize, height * stride, width * stride, channels]);
}

/** Adds zeros around an image, or cuts places off where a margin is below 0. */
function withMargins(
  g: GraphBuilder,
  x: Value,
  rows: readonly [number, number],
  columns: readonly [number, number],
): Value {
  const cut = (margin: number) => Math.max(0, -margin);
  const grow = ([before, after]: readonly [number, number]) =>
    [Math.max(0, before), Math.max(0, after)] as const;
  const [, height = 1, width = 1, channels = 1] = x.shape;
  const left = g.slice(
    x,
    [0, cut(rows[0]), cut(columns[0]), 0],
    [anySize, height - cut(rows[0]) - cut(rows[1]), width - cut(columns[0]) - cut(columns[1]), channels],
  );
  return g.pad(left, [[0, 0], grow(rows), grow(columns), [0, 0]], 0);
}

/** [kh, kw, F / groups, C] → [kh, kw, C / groups, F], both directions of the image reversed. */
function backwards(g: GraphBuilder, kernel: Constant, groups: number): Value {
  const [rows = 1, columns = 1, filters = 1, channels = 1] = kernel.shape;
  const share = channels / groups;
  const values = new Float32Array(kernel.values.length);
  let to = 0;
  for (let row = rows - 1; row >= 0; row--)
    for (let column = columns - 1; column >= 0; column--)
      for (let channel = 0; channel < share; channel++)
        for (let group = 0; group < groups; group++)
          for (let filter = 0; filter < filters; filter++) {
            const place = (row * columns + column) * filters + filter;
            values[to++] = kernel.values[place * channels + group * share + channel] as number;
          }
  return g.constant(`${kernel.name}/backwards`, [rows, columns, share, groups * filters], values);
}

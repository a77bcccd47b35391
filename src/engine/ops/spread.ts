import type { Tensor4D } from "@tensorflow/tfjs-core";
import { pad, reshape, slice } from "../tfjs.js";

/** Where the positions of one axis go: position i to `before + stride · i`, in a new axis of `size` positions. */
export interface AxisSpread {
  readonly stride: number;
  /** May be negative: what falls outside of the new axis is dropped. */
  readonly before: number;
  readonly size: number;
}

/**
 * Lays [B, h, w, C] onto zeros: the adjoint of reading an image at every stride-th position. The gradients of
 * everything that slides a window are made of it.
 */
export function spread(x: Tensor4D, rows: AxisSpread, columns: AxisSpread): Tensor4D {
  const [batch, height, width, channels] = x.shape;
  let spaced = x;
  if (rows.stride > 1 || columns.stride > 1) {
    // Zeros between rows and between columns, in one padding: [B·h, 1, w, C] → [B·h, stride, w, stride·C].
    const padded = pad(reshape(x, [batch * height, 1, width, channels]), [
      [0, 0],
      [0, rows.stride - 1],
      [0, 0],
      [0, (columns.stride - 1) * channels],
    ]);
    spaced = reshape(padded, [batch, height * rows.stride, width * columns.stride, channels]);
  }
  const [top, bottom] = margins(spaced.shape[1], rows);
  const [left, right] = margins(spaced.shape[2], columns);
  return withMargins(spaced, [top, bottom], [left, right]);
}

/** What to add (or, below zero, to cut) before and after an axis of `have` positions. */
function margins(have: number, axis: AxisSpread): [number, number] {
  return [axis.before, axis.size - axis.before - have];
}

/** Adds zeros around an image, or cuts positions off where a margin is negative. */
function withMargins(x: Tensor4D, rows: [number, number], columns: [number, number]): Tensor4D {
  const cut = (margin: number) => Math.max(0, -margin);
  const grow = (margin: number) => Math.max(0, margin);
  const [batch, height, width, channels] = x.shape;
  let fitted = x;
  if (Math.min(...rows, ...columns) < 0) {
    fitted = slice(
      x,
      [0, cut(rows[0]), cut(columns[0]), 0],
      [batch, height - cut(rows[0]) - cut(rows[1]), width - cut(columns[0]) - cut(columns[1]), channels],
    );
  }
  if (Math.max(...rows, ...columns) > 0) {
    fitted = pad(fitted, [
      [0, 0],
      [grow(rows[0]), grow(rows[1])],
      [grow(columns[0]), grow(columns[1])],
      [0, 0],
    ]);
  }
  return fitted;
}

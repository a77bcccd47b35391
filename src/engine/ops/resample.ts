import type { Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import { reshape, tensor2d, transpose } from "../tfjs.js";
import { asImages, composite } from "./composite.js";
import { matMul } from "./matmul.js";

/** For each place of the result along one axis, the share that it takes of each place of the input: [out, in]. */
export type Shares = readonly (readonly number[])[];

/**
 * Height and width resampled independently by two matrices: y[i, j] = Σ rows[i, p] · columns[j, q] · x[p, q]. Pooling
 * into even bins and enlarging are of this kind; the gradient takes the matrices the other way round.
 */
export function resample2d(input: Tensor, rows: Shares, columns: Shares): Tensor {
  const x = asImages(input);
  return composite<Tensor>(
    [x],
    () => ({ output: along(along(x, 1, transposed(rows)), 2, transposed(columns)), saved: [] }),
    (dy) => [along(along(dy, 2, matrix(columns)), 1, matrix(rows))],
  );
}

/** Even bins (PyTorch's adaptive average pooling): bin i of n reaches from ⌊i·size/n⌋ to ⌈(i + 1)·size/n⌉. */
export function evenBins(size: number, bins: number): Shares {
  return Array.from({ length: bins }, (_, bin) => {
    const start = Math.floor((bin * size) / bins);
    const end = Math.ceil(((bin + 1) * size) / bins);
    return Array.from({ length: size }, (_, place) =>
      place >= start && place < end ? 1 / (end - start) : 0,
    );
  });
}

/** Each place repeated `factor` times. */
export function repeated(size: number, factor: number): Shares {
  return Array.from({ length: size * factor }, (_, out) =>
    Array.from({ length: size }, (_, place) => (Math.floor(out / factor) === place ? 1 : 0)),
  );
}

/** Linear interpolation between the centres of places; beyond the outermost centres their value holds. */
export function interpolated(size: number, factor: number): Shares {
  return Array.from({ length: size * factor }, (_, out) => {
    const at = Math.min(size - 1, Math.max(0, (out + 0.5) / factor - 0.5));
    return Array.from({ length: size }, (_, place) => Math.max(0, 1 - Math.abs(at - place)));
  });
}

function matrix(shares: Shares): Tensor2D {
  return tensor2d(shares as number[][]);
}

function transposed(shares: Shares): Tensor2D {
  return transpose(matrix(shares));
}

/** Multiplies one axis of x by a matrix [size of the axis, new size]. */
function along(x: Tensor, axis: number, by: Tensor2D): Tensor {
  const others = x.shape.filter((_, i) => i !== axis);
  const before = [...x.shape.keys()].filter((i) => i !== axis);
  const rows = reshape(transpose(x, [...before, axis]), [x.size / (x.shape[axis] ?? 1), x.shape[axis] ?? 1]);
  const product = reshape(matMul(rows, by), [...others, by.shape[1]]);
  const last = x.rank - 1;
  const back = [...x.shape.keys()].map((i) => (i < axis ? i : i === axis ? last : i - 1));
  return transpose(product, back);
}

import type { Tensor } from "@tensorflow/tfjs-core";
import { invariant } from "../../base/invariant.js";
import { add, clone, concat, mul, pad, reshape, slice, sum, tensor, tile, zeros } from "../tfjs.js";
import { composite, savedAt } from "./composite.js";

/**
 * x [B, …, C] plus the first rows of `table` [rows, C], row i at position i of axis `axis` (0 is the batch).
 * `gradients` says which of the two are learned.
 */
export function addAlong(
  x: Tensor,
  table: Tensor,
  axis: number,
  gradients: { readonly x: boolean; readonly table: boolean },
): Tensor {
  const size = x.shape[axis] ?? 1;
  const [rows, width] = table.shape as [number, number];
  const last = x.rank - 1;
  const spread = x.shape.map((extent, i) => (i === axis || i === last ? extent : 1));
  const inputs = [...(gradients.x ? [x] : []), ...(gradients.table ? [table] : [])];
  const output = () => add(x, reshape(slice(table, [0, 0], [size, width]), spread));
  if (inputs.length === 0) return output();
  return composite(
    inputs,
    () => ({ output: output(), saved: [] }),
    (dy) => {
      const result: Tensor[] = gradients.x ? [clone(dy)] : [];
      if (gradients.table) {
        const others = x.shape.flatMap((_, i) => (i === axis || i === last ? [] : [i]));
        const used = sum(dy, others);
        result.push(
          pad(reshape(used, [size, width]), [
            [0, rows - size],
            [0, 0],
          ]),
        );
      }
      return result;
    },
  );
}

/** The same for every sample: [sizes…] → [samples, sizes…]. */
export function forEverySample(x: Tensor, samples: number): Tensor {
  return composite(
    [x],
    () => {
      const row = reshape(x, [1, x.size]);
      return { output: reshape(tile(row, [samples, 1]), [samples, ...x.shape]), saved: [] };
    },
    (dy) => [reshape(sum(reshape(dy, [samples, x.size]), 0), x.shape)],
  );
}

/**
 * `token` in front of x along axis `axis` (0 is the batch). Its shape is x's with 1 there, or without that axis, or
 * [B, C]: then every place beside the axis gets it.
 */
export function prepend(x: Tensor, token: Tensor, axis: number): Tensor {
  const place = x.shape.map((extent, i) => (i === axis ? 1 : extent));
  const fills = token.size === place.reduce((product, extent) => product * extent, 1);
  const folded = fills ? place : place.map((extent, i) => (i === 0 || i === x.rank - 1 ? extent : 1));
  const others = x.shape.flatMap((_, i) => (folded[i] === place[i] ? [] : [i]));
  return composite(
    [x, token],
    () => {
      const row = reshape(token, folded);
      return { output: concat([fills ? row : add(row, zeros(place)), x], axis), saved: [] };
    },
    (dy) => {
      const first = slice(
        dy,
        dy.shape.map(() => 0),
        place,
      );
      const rest = slice(
        dy,
        dy.shape.map((_, i) => (i === axis ? 1 : 0)),
        x.shape,
      );
      return [rest, reshape(fills ? first : sum(first, others), token.shape)];
    },
  );
}

/** Of each sample of x [B, L, C] the row at one place, `places[b]`; a row of zeros where that is −1. */
export function rowsAt(x: Tensor, places: Int32Array): Tensor {
  const length = x.shape[1] as number;
  const weights = new Float32Array(places.length * length);
  places.forEach((place, sample) => {
    if (place >= 0) weights[sample * length + place] = 1;
  });
  return weightedRows(x, weights);
}

/** The mean over the filled places of each sample of x [B, L, C]; zeros where none is filled. */
export function meanOfFilled(x: Tensor, lengths: Int32Array): Tensor {
  const length = x.shape[1] as number;
  const weights = new Float32Array(lengths.length * length);
  lengths.forEach((filled, sample) => {
    weights.fill(1 / filled, sample * length, sample * length + filled);
  });
  return weightedRows(x, weights);
}

/** Σ_l weight[b, l] · x[b, l, ·]: [B, L, C] → [B, C]. The weights are constant. */
function weightedRows(x: Tensor, weights: Float32Array): Tensor {
  const [samples, length, width] = x.shape as [number, number, number];
  invariant(weights.length === samples * length, `${weights.length} weights for ${samples} x ${length} rows`);
  return composite(
    [x],
    () => {
      const column = tensor(weights, [samples, length, 1]);
      return { output: sum(mul(x, column), 1), saved: [column] };
    },
    (dy, saved) => [mul(reshape(dy, [samples, 1, width]), savedAt(saved, 0))],
  );
}

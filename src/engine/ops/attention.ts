import type { Tensor, Tensor3D } from "@tensorflow/tfjs-core";
import { add, div, exp, matMul, max, mul, reshape, sub, sum, tensor, transpose } from "../tfjs.js";
import { composite, savedAt } from "./composite.js";

export interface AttentionSettings {
  readonly heads: number;
  /** Along which places attend to each other; 0 is the batch. */
  readonly axis: number;
  readonly scale: number;
  readonly causal: boolean;
  /** Filled places of each sample's keys; null where all are. Only for sequences [B, L, C]. */
  readonly lengths: Int32Array | null;
}

/** Added to what must not be attended to. Finite: a sample without any place attends to all, and gives no NaN. */
const forbidden = -1e9;

/**
 * Scaled dot-product attention (Vaswani et al. 2017): softmax(q · kᵀ · scale + mask) · v for each head, along one axis
 * and separately at every place beside it. With P the softmax and O = P · v, dS = P ∘ (dO · vᵀ − rowsum(dO ∘ O)).
 */
export function attention(q: Tensor, k: Tensor, v: Tensor, settings: AttentionSettings): Tensor {
  const { heads, axis, scale } = settings;
  return composite(
    [q, k, v],
    () => {
      const [queries, keys, values] = [q, k, v].map((x) => byHead(x, axis, heads)) as [
        Tensor,
        Tensor,
        Tensor,
      ];
      const scores = mul(product(queries, keys, false, true), scale);
      const mask = maskOf(scores, settings);
      const allowed = mask === null ? scores : add(scores, mask);
      const powers = exp(sub(allowed, max(allowed, -1, true)));
      const shares = div(powers, sum(powers, -1, true));
      const mixed = product(shares, values, false, false);
      return {
        output: fromHeads(mixed, q.shape, axis, heads),
        saved: [queries, keys, values, shares, mixed],
      };
    },
    (dy, saved) => {
      const [queries, keys, values, shares, mixed] = [0, 1, 2, 3, 4].map((i) => savedAt(saved, i)) as [
        Tensor,
        Tensor,
        Tensor,
        Tensor,
        Tensor,
      ];
      const dMixed = byHead(dy, axis, heads);
      const dValues = product(shares, dMixed, true, false);
      const dShares = product(dMixed, values, false, true);
      const along = sum(mul(dMixed, mixed), -1, true);
      const dScores = mul(mul(shares, sub(dShares, along)), scale);
      const dQueries = product(dScores, keys, false, false);
      const dKeys = product(dScores, queries, true, false);
      return [
        fromHeads(dQueries, q.shape, axis, heads),
        fromHeads(dKeys, k.shape, axis, heads),
        fromHeads(dValues, v.shape, axis, heads),
      ];
    },
  );
}

function product(a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean): Tensor {
  return matMul(a as Tensor3D, b as Tensor3D, transposeA, transposeB);
}

/** The order of axes that brings `axis` to the place before the channels, [B, beside…, places, C]. */
function placesLast(rank: number, axis: number): number[] {
  const beside = Array.from({ length: rank - 1 }, (_, i) => i).filter((i) => i !== axis);
  return [...beside, axis, rank - 1];
}

/** [B, …, heads · D] → [B · beside · heads, places, D]. */
function byHead(x: Tensor, axis: number, heads: number): Tensor {
  const moved = transpose(x, placesLast(x.rank, axis));
  const places = x.shape[axis] ?? 1;
  const width = (x.shape[x.rank - 1] ?? heads) / heads;
  const groups = x.size / (places * heads * width);
  const split = transpose(reshape(moved, [groups, places, heads, width]), [0, 2, 1, 3]);
  return reshape(split, [groups * heads, places, width]);
}

/** The way back to `shape`. */
function fromHeads(x: Tensor, shape: readonly number[], axis: number, heads: number): Tensor {
  const order = placesLast(shape.length, axis);
  const places = shape[axis] ?? 1;
  const width = (shape[shape.length - 1] ?? heads) / heads;
  const joined = transpose(
    reshape(x, [x.size / (heads * places * width), heads, places, width]),
    [0, 2, 1, 3],
  );
  const moved = reshape(
    joined,
    order.map((i) => shape[i] ?? 1),
  );
  const back = order.map((_, i) => order.indexOf(i));
  return transpose(moved, back);
}

/** What is added to the scores [groups · heads, queries, keys]; null for nothing. */
function maskOf(scores: Tensor, { heads, causal, lengths }: AttentionSettings): Tensor | null {
  const [groups, queries, keys] = scores.shape as [number, number, number];
  const padded = lengths?.some((length) => length < keys) === true ? lengths : null;
  if (!causal && padded === null) return null;
  const rows = causal ? queries : 1;
  const samples = padded === null ? 1 : groups;
  const values = new Float32Array(samples * rows * keys);
  for (let group = 0; group < samples; group++) {
    const filled = padded?.[Math.floor(group / heads)] ?? keys;
    for (let query = 0; query < rows; query++) {
      // Where there are more keys than queries, the last query is the last place.
      const seen = causal ? query + 1 + keys - queries : keys;
      for (let key = Math.max(0, Math.min(filled, seen)); key < keys; key++)
        values[(group * rows + query) * keys + key] = forbidden;
    }
  }
  return tensor(values, [samples, rows, keys]);
}

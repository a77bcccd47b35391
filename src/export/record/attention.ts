import type { AttentionOptions } from "../../language/forward-sequence.js";
import type { GraphBuilder } from "./builder.js";
import { anySize, type Value } from "./graph.js";

/** Added to what must not be attended to; the engine's number. */
const forbidden = -1e9;

interface Mask {
  /** 1 at the filled places of the keys, [B, keys, 1]; null where all are. */
  readonly filled: Value | null;
}

/** Scaled dot-product attention, softmax(q · kᵀ · scale + mask) · v for each head, along one axis of a sample. */
export function attention(
  g: GraphBuilder,
  q: Value,
  k: Value,
  v: Value,
  { heads, axis, scale, causal, filled }: Omit<AttentionOptions<Value>, "lengthsOf"> & Mask,
): Value {
  const queries = byHead(g, q, axis + 1, heads);
  const keys = byHead(g, k, axis + 1, heads);
  const values = byHead(g, v, axis + 1, heads);
  const scores = g.binary("mul", g.matmul(queries, g.transpose(keys, [0, 1, 2, 4, 3])), scale);
  const [rows = 1, columns = 1] = scores.shape.slice(-2);
  const masks = [
    ...(causal ? [causalMask(g, rows, columns)] : []),
    ...(filled === null ? [] : [paddingMask(g, filled, columns)]),
  ];
  // What two masks forbid is forbidden once: adding both would weigh more.
  const [mask = null] = masks.length === 2 ? [g.binary("min", masks[0] as Value, masks[1] as Value)] : masks;
  const allowed = mask === null ? scores : g.binary("add", scores, mask);
  return fromHeads(g, g.matmul(g.softmax(allowed), values), q.shape, axis + 1);
}

/** The order of axes that brings `axis` to the place before the channels. */
function placesLast(rank: number, axis: number): number[] {
  const beside = Array.from({ length: rank - 1 }, (_, i) => i).filter((i) => i !== axis);
  return [...beside, axis, rank - 1];
}

/** [B, …, heads · D] → [B, beside, heads, places, D]. */
function byHead(g: GraphBuilder, x: Value, axis: number, heads: number): Value {
  const moved = g.transpose(x, placesLast(x.shape.length, axis));
  const places = x.shape[axis] ?? 1;
  const width = (x.shape[x.shape.length - 1] ?? heads) / heads;
  const split = g.reshape(moved, [anySize, besideOf(moved.shape), places, heads, width]);
  return g.transpose(split, [0, 1, 3, 2, 4]);
}

/** The way back to `shape`. */
function fromHeads(g: GraphBuilder, x: Value, shape: readonly number[], axis: number): Value {
  const order = placesLast(shape.length, axis);
  const joined = g.transpose(x, [0, 1, 3, 2, 4]);
  const [, , places = 1, heads = 1, width = 1] = joined.shape;
  const besides = order.slice(1, -2).map((i) => shape[i] ?? 1);
  const moved = g.reshape(joined, [anySize, ...besides, places, heads * width]);
  return g.transpose(
    moved,
    order.map((_, i) => order.indexOf(i)),
  );
}

/** Sizes between the batch and the last two axes, multiplied. */
function besideOf(shape: readonly number[]): number {
  return shape.slice(1, -2).reduce((product, size) => product * size, 1);
}

/** Where there are more keys than queries, the last query is the last place. */
function causalMask(g: GraphBuilder, queries: number, keys: number): Value {
  const values = new Float32Array(queries * keys);
  for (let query = 0; query < queries; query++)
    values.fill(forbidden, query * keys + Math.max(0, query + 1 + keys - queries), (query + 1) * keys);
  return g.number("mask", [queries, keys], values);
}

/** [B, 1, 1, 1, keys] */
function paddingMask(g: GraphBuilder, filled: Value, keys: number): Value {
  const empty = g.binary("sub", filled, 1);
  return g.reshape(g.binary("mul", empty, -forbidden), [anySize, 1, 1, 1, keys]);
}

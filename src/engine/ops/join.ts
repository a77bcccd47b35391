import type { Tensor } from "@tensorflow/tfjs-core";
import {
  clone,
  add as libraryAdd,
  concat as libraryConcat,
  mul as libraryMul,
  pad as libraryPad,
  reshape as libraryReshape,
  slice as librarySlice,
  transpose as libraryTranspose,
  ones,
  split,
  sum,
} from "../tfjs.js";
import { composite, savedAt } from "./composite.js";

/** a + b, of equal shapes. */
export function add(a: Tensor, b: Tensor): Tensor {
  return composite(
    [a, b],
    () => ({ output: libraryAdd(a, b), saved: [] }),
    (dy) => [clone(dy), clone(dy)],
  );
}

/**
 * a · b, the batch being axis 0 of both. b has the sizes of a, or 1 in their place, and may lack the first axes after
 * the batch: then each of its numbers weighs many of a's, and hears of all of them.
 */
export function multiply(a: Tensor, b: Tensor): Tensor {
  const missing = Array.from({ length: a.rank - b.rank }, () => 1);
  const wide = [b.shape[0] ?? 1, ...missing, ...b.shape.slice(1)];
  const shared = [...a.shape.keys()].filter((axis) => wide[axis] !== a.shape[axis]);
  return composite(
    [a, b],
    () => ({ output: libraryMul(a, libraryReshape(b, wide)), saved: [a, b] }),
    (dy, saved) => {
      const products = libraryMul(dy, savedAt(saved, 0));
      return [
        libraryMul(dy, libraryReshape(savedAt(saved, 1), wide)),
        libraryReshape(shared.length === 0 ? products : sum(products, shared, true), b.shape),
      ];
    },
  );
}

/** Side by side along an axis, the last when left out; the other axes are equal. */
export function concat(tensors: readonly Tensor[], axis = (tensors[0]?.rank ?? 1) - 1): Tensor {
  const widths = tensors.map((tensor) => tensor.shape[axis] ?? 0);
  return composite(
    tensors,
    () => ({ output: libraryConcat([...tensors], axis), saved: [] }),
    (dy) => split(dy, widths, axis),
  );
}

/** The same numbers under another shape. */
export function reshape(x: Tensor, shape: readonly number[]): Tensor {
  return composite(
    [x],
    () => ({ output: libraryReshape(x, [...shape]), saved: [] }),
    (dy) => [libraryReshape(dy, x.shape)],
  );
}

/** Axis i of the result is axis `order[i]` of x. */
export function transpose(x: Tensor, order: readonly number[]): Tensor {
  const back = order.map((_, axis) => order.indexOf(axis));
  return composite(
    [x],
    () => ({ output: libraryTranspose(x, [...order]), saved: [] }),
    (dy) => [libraryTranspose(dy, back)],
  );
}

/** Adds places before and after each axis. */
export function pad(x: Tensor, margins: readonly (readonly [number, number])[], value: number): Tensor {
  return composite(
    [x],
    () => ({
      output: libraryPad(
        x,
        margins.map(([before, after]): [number, number] => [before, after]),
        value,
      ),
      saved: [],
    }),
    (dy) => [
      librarySlice(
        dy,
        margins.map(([before]) => before),
        x.shape,
      ),
    ],
  );
}

/** The part of x from `start` on, of the size given. */
export function slice(x: Tensor, start: readonly number[], size: readonly number[]): Tensor {
  const margins = x.shape.map((extent, axis): [number, number] => {
    const from = start[axis] ?? 0;
    return [from, extent - from - (size[axis] ?? 0)];
  });
  return composite(
    [x],
    () => ({ output: librarySlice(x, [...start], [...size]), saved: [] }),
    (dy) => [libraryPad(dy, margins)],
  );
}

/** The mean over one axis, which goes. */
export function mean(x: Tensor, axis: number): Tensor {
  const count = x.shape[axis] ?? 1;
  const kept = x.shape.map((extent, i) => (i === axis ? 1 : extent));
  const spreading = x.shape.map((extent, i) => (i === axis ? extent : 1));
  return composite(
    [x],
    () => ({ output: libraryMul(sum(x, axis), 1 / count), saved: [] }),
    (dy) => [libraryMul(libraryReshape(libraryMul(dy, 1 / count), kept), ones(spreading))],
  );
}

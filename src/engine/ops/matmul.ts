import type { DataId, Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import { add, matMul as libraryMatMul } from "../tfjs.js";

/**
 * The shape under which each right operand was first multiplied. The wasm backend keeps the packed form of a right
 * operand by its data alone, so the same numbers under another shape (a reshape, or a transpose that moves nothing)
 * would be read with the wrong sizes, and abort.
 */
const multipliedAs = new WeakMap<DataId, string>();

/** a · b. Both as they lie: a transposed operand is slow on wasm, so callers transpose beforehand. */
export function matMul(a: Tensor, b: Tensor): Tensor2D {
  const shape = b.shape.join("x");
  const earlier = multipliedAs.get(b.dataId);
  if (earlier === undefined) multipliedAs.set(b.dataId, shape);
  const right = earlier === undefined || earlier === shape ? b : add(b, 0);
  return libraryMatMul(a as Tensor2D, right as Tensor2D);
}

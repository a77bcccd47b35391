import {
  clone,
  add as libraryAdd,
  concat as libraryConcat,
  reshape as libraryReshape,
  split,
  type Tensor,
} from "@tensorflow/tfjs-core";
import { composite } from "./composite.js";

/** a + b, of equal shapes. */
export function add(a: Tensor, b: Tensor): Tensor {
  return composite(
    [a, b],
    () => ({ output: libraryAdd(a, b), saved: [] }),
    (dy) => [clone(dy), clone(dy)],
  );
}

/** Side by side along the last axis; the other axes are equal. */
export function concat(tensors: readonly Tensor[]): Tensor {
  const axis = (tensors[0]?.rank ?? 1) - 1;
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

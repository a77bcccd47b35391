import type { Tensor, Tensor1D } from "@tensorflow/tfjs-core";
import { concat, engine, reshape, square, sum } from "../../tfjs.js";

/** Runs and frees every tensor made on the way that was not kept; `tidy` for results that are not tensors. */
export function scoped<T>(run: () => T): T {
  engine().startScope();
  try {
    return run();
  } finally {
    engine().endScope();
  }
}

/** Σ x², [1]. */
export function sumOfSquares(x: Tensor): Tensor1D {
  return reshape(sum(square(x)), [1]);
}

/** Values of several tensors, read at once: a read may have to wait for the device. */
export function readTogether(tensors: readonly Tensor[]): Float32Array[] {
  const all = concat(tensors.map((value) => reshape(value, [value.size]))).dataSync() as Float32Array;
  let start = 0;
  return tensors.map((value) => {
    const values = all.slice(start, start + value.size);
    start += value.size;
    return values;
  });
}

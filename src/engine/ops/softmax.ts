import type { Tensor } from "@tensorflow/tfjs-core";
import { div, exp, max, mul, sub, sum } from "../tfjs.js";
import { composite, savedAt } from "./composite.js";

/** exp(x) / Σ exp(x) along one axis (the batch is axis 0); the largest value is taken off first, so nothing overflows. */
export function softmax(x: Tensor, axis: number): Tensor {
  return composite(
    [x],
    () => {
      const powers = exp(sub(x, max(x, axis, true)));
      const y = div(powers, sum(powers, axis, true));
      return { output: y, saved: [y] };
    },
    (dy, saved) => {
      const y = savedAt(saved, 0);
      return [mul(y, sub(dy, sum(mul(dy, y), axis, true)))];
    },
  );
}

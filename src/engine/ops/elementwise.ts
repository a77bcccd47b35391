import type { Tensor } from "@tensorflow/tfjs-core";
import { relu as libraryRelu, mul, step } from "../tfjs.js";
import { composite, savedAt } from "./composite.js";

/** max(x, 0); its derivative at 0 is 0. */
export function relu(x: Tensor): Tensor {
  return composite(
    [x],
    () => {
      const y = libraryRelu(x);
      return { output: y, saved: [y] };
    },
    (dy, saved) => [mul(dy, step(savedAt(saved, 0)))],
  );
}

/** x · mask, the mask being constant. */
export function masked(x: Tensor, mask: Tensor): Tensor {
  return composite(
    [x],
    () => ({ output: mul(x, mask), saved: [mask] }),
    (dy, saved) => [mul(dy, savedAt(saved, 0))],
  );
}

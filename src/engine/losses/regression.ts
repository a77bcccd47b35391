import {
  abs,
  clipByValue,
  div,
  mul,
  sign,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
} from "@tensorflow/tfjs-core";
import { invariant } from "../../base/invariant.js";
import { composite, savedAt } from "../ops/composite.js";
import { type Loss, oneEach } from "./loss.js";

/** A loss of each error e = output − target, and its derivative; a sample's loss is the mean over its n numbers. */
interface ErrorLoss {
  value(error: Tensor): Tensor;
  slope(error: Tensor): Tensor;
}

/** e². */
export function meanSquaredError(): Loss {
  return overErrors({ value: square, slope: (error) => mul(error, 2) });
}

/** |e|; the derivative at 0 is 0. */
export function meanAbsoluteError(): Loss {
  return overErrors({ value: abs, slope: sign });
}

/** Huber 1964: e² / 2 up to |e| = δ, then δ · (|e| − δ / 2). `scale` multiplies it. */
export function huber(delta: number, scale = 1): Loss {
  const clipped = (error: Tensor) => clipByValue(error, -delta, delta);
  return overErrors({
    // With c = e clipped to ±δ, both branches are c · (e − c / 2).
    value: (error) => mul(mul(clipped(error), sub(error, div(clipped(error), 2))), scale),
    slope: (error) => mul(clipped(error), scale),
  });
}

function overErrors(loss: ErrorLoss): Loss {
  return {
    sum(outputs: Tensor2D, { targets }) {
      invariant(
        targets !== null && targets.shape.join() === outputs.shape.join(),
        `outputs [${outputs.shape.join(", ")}] against targets [${targets?.shape.join(", ")}]`,
      );
      const numbers = outputs.shape[1];
      return composite<Tensor>(
        [outputs],
        () => {
          const errors = sub(outputs, targets);
          return { output: div(sum(loss.value(errors)), numbers), saved: [errors] };
        },
        (dy, saved) => [mul(div(loss.slope(savedAt(saved, 0)), numbers), dy)],
      );
    },
    weight: oneEach,
  };
}

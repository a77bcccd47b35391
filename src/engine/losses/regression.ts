import type { Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import { invariant } from "../../base/invariant.js";
import { composite, savedAt } from "../ops/composite.js";
import { abs, clipByValue, div, mul, sign, square, sub, sum } from "../tfjs.js";
import { type Loss, oneEach } from "./loss.js";

/** A loss of each error e = output − target, and its derivative; a sample's loss is the mean over its n numbers. */
export interface ErrorLoss {
  value(error: Tensor): Tensor;
  slope(error: Tensor): Tensor;
}

/** Which one; `delta` and `scale` are Huber's. */
export type ErrorLossSettings = {
  readonly curve: "square" | "absolute" | "huber";
  readonly delta: number;
  readonly scale: number;
};

export function errorLoss({ curve, delta, scale }: ErrorLossSettings): ErrorLoss {
  if (curve === "square") return { value: square, slope: (error) => mul(error, 2) };
  if (curve === "absolute") return { value: abs, slope: sign };
  const clipped = (error: Tensor) => clipByValue(error, -delta, delta);
  return {
    // With c = e clipped to ±δ, both branches are c · (e − c / 2).
    value: (error) => mul(mul(clipped(error), sub(error, div(clipped(error), 2))), scale),
    slope: (error) => mul(clipped(error), scale),
  };
}

/** e². */
export function meanSquaredError(): Loss {
  return overErrors(errorLoss({ curve: "square", delta: 0, scale: 1 }));
}

/** |e|; the derivative at 0 is 0. */
export function meanAbsoluteError(): Loss {
  return overErrors(errorLoss({ curve: "absolute", delta: 0, scale: 1 }));
}

/** Huber 1964: e² / 2 up to |e| = δ, then δ · (|e| − δ / 2). `scale` multiplies it. */
export function huber(delta: number, scale = 1): Loss {
  return overErrors(errorLoss({ curve: "huber", delta, scale }));
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

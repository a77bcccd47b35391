import type { Tensor } from "@tensorflow/tfjs-core";
import { savedAt } from "../ops/composite.js";
import type { Recorder } from "../trace/recorder.js";
import { call, callOne } from "../trace/shape-backend.js";
import { recordedComposite } from "./operations.js";

/** Rows of `width` numbers, each to mean 0 (where `centred`) and mean square 1; in the shape of x. */
export function unitRows(
  recorder: Recorder,
  x: Tensor,
  { eps, centred, width }: { readonly eps: number; readonly centred: boolean; readonly width: number },
): Tensor {
  const rows = [x.size / width, width];
  const shaped = (value: Tensor, shape: readonly number[]) =>
    value.shape.join() === shape.join() ? value : callOne("Reshape", [value], { shape });
  return recordedComposite(
    recorder,
    [x],
    () => {
      const made = call("lerac.UnitRows", [shaped(x, rows)], { eps, centred });
      return { output: shaped(savedAt(made, 0), x.shape), saved: [savedAt(made, 0), savedAt(made, 1)] };
    },
    (dy, saved) => {
      const given = [shaped(dy, rows), savedAt(saved, 0), savedAt(saved, 1)];
      return [shaped(callOne("lerac.UnitRowsGrad", given, { centred }), x.shape)];
    },
  );
}

/** weight · x (+ bias), one of each a channel. */
export function affine(recorder: Recorder, x: Tensor, weight: Tensor, bias: Tensor | null): Tensor {
  return recordedComposite(
    recorder,
    [x, weight, ...(bias ? [bias] : [])],
    () => {
      const scaled = callOne("Multiply", [x, weight]);
      return { output: bias ? callOne("Add", [scaled, bias]) : scaled, saved: [x, weight] };
    },
    (dy, saved) => [
      callOne("Multiply", [dy, savedAt(saved, 1)]),
      callOne("lerac.SumByChannel", [callOne("Multiply", [dy, savedAt(saved, 0)])]),
      ...(bias ? [callOne("lerac.SumByChannel", [dy])] : []),
    ],
  );
}

/** max(x, 0) + weight · min(x, 0). */
export function prelu(recorder: Recorder, x: Tensor, weight: Tensor): Tensor {
  return recordedComposite(
    recorder,
    [x, weight],
    () => ({ output: callOne("lerac.Prelu", [x, weight]), saved: [x, weight] }),
    (dy, saved) => call("lerac.PreluGrad", [dy, ...saved]),
  );
}

import type { Tensor } from "@tensorflow/tfjs-core";
import type { ClipProgram, TrainingProgram } from "../program/types.js";
import { frozenTensors } from "./frozen.js";
import { add, clipByValue, div, minimum, mul, sqrt, square, sum } from "./tfjs.js";

/**
 * The gradients of the tensors that move at a step, bounded where the program says so; empty where it does not.
 *
 * @param row the rate of each level at that step
 */
export function boundedGradients(
  { plan, train }: TrainingProgram,
  gradients: ReadonlyMap<string, Tensor | null>,
  row: Float32Array,
): ReadonlyMap<string, Tensor> {
  if (train.clip === undefined) return new Map();
  const still = frozenTensors(plan, row);
  const moving = [...gradients].flatMap(([address, gradient]) =>
    gradient === null || still.has(address) ? [] : [[address, gradient] as const],
  );
  return clipped(new Map(moving), train.clip);
}

/**
 * Bounds gradients as a program says. By norm (Pascanu, Mikolov and Bengio 2013), as PyTorch's clip_grad_norm_: all of
 * them times min(1, limit / (‖g‖ + 1e-6)), the norm being that of all numbers together.
 *
 * @param gradients of the tensors that move at this step, by address
 */
export function clipped(
  gradients: ReadonlyMap<string, Tensor>,
  clip: ClipProgram,
): ReadonlyMap<string, Tensor> {
  if (gradients.size === 0) return gradients;
  if (clip.kind === "value") {
    return mapped(gradients, (gradient) => clipByValue(gradient, -clip.limit, clip.limit));
  }
  const squares = [...gradients.values()].map((gradient) => sum(square(gradient)));
  const norm = sqrt(squares.reduce((total, next) => add(total, next)));
  const factor = minimum(div(clip.limit, add(norm, 1e-6)), 1);
  return mapped(gradients, (gradient) => mul(gradient, factor));
}

function mapped(gradients: ReadonlyMap<string, Tensor>, change: (gradient: Tensor) => Tensor) {
  return new Map([...gradients].map(([address, gradient]) => [address, change(gradient)]));
}

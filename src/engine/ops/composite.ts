import type { GradSaveFunc, Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { invariant } from "../../base/invariant.js";
import { customGrad } from "../tfjs.js";

/**
 * Defines one differentiable operation with an analytic gradient. Nothing inside `forward` is differentiated by
 * TensorFlow.js: `gradient` is the whole truth.
 *
 * @param inputs the tensors that receive a gradient; others are simply closed over by `forward`
 * @param forward computes the output, and names the tensors that the gradient needs (nothing else of `forward` may be
 *   used there: it is freed as soon as the operation is done)
 * @param gradient of the loss, by input, in order, from that of the output; each of its input's shape, never `dy` itself
 */
export function composite<T extends Tensor>(
  inputs: readonly Tensor[],
  forward: () => { readonly output: T; readonly saved: readonly Tensor[] },
  gradient: (dy: T, saved: readonly Tensor[]) => Tensor[],
): T {
  const run = customGrad<T>((...args) => {
    const save = args[args.length - 1] as GradSaveFunc;
    const { output, saved } = forward();
    save([...saved]);
    return { value: output, gradFunc: (dy: T, kept: Tensor[]) => gradient(dy, kept) };
  });
  return run(...inputs);
}

/** A tensor that has to be a batch of images, [B, H, W, C]. */
export function asImages(x: Tensor): Tensor4D {
  invariant(x.rank === 4, `an operation on images was given the shape [${x.shape.join(", ")}]`);
  return x as Tensor4D;
}

/** What `save` kept, at a position the caller knows to be there. */
export function savedAt(saved: readonly Tensor[], index: number): Tensor {
  const tensor = saved[index];
  invariant(tensor, `gradient asks for saved tensor ${index} of ${saved.length}`);
  return tensor;
}

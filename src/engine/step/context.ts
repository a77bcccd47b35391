import type { Tensor } from "@tensorflow/tfjs-core";
import { invariant } from "../../base/invariant.js";
import type {
  Activation,
  Conv2dOptions,
  ConvTranspose2dOptions,
  ForwardContext,
  Pool2dOptions,
} from "../../language/forward.js";
import { sizeOf } from "../graph/types.js";
import { maskLevel } from "../masks.js";
import { scalar, tensor } from "../tfjs.js";
import type { Recorder } from "../trace/recorder.js";
import { callOne } from "../trace/shape-backend.js";
import { batchNorm, conv2d, convTranspose2d, linear } from "./operations.js";
import { affine, prelu, unitRows } from "./rows.js";
import { ShapeContext } from "./shape-context.js";

/** The states that a forward pass reads and moves. */
export interface ForwardStates {
  /** A tensor of the program by its address. */
  tensor(address: string): Tensor;
  /** The keys of masks at this step. */
  stepKeys(): Tensor;
  /** The state has this value after the step. */
  update(name: string, value: Tensor): void;
}

/** Runs operators on the tracing backend: what they compute becomes operations of the step's graph. */
export class StepContext extends ShapeContext implements ForwardContext<Tensor> {
  constructor(
    readonly phase: "train" | "evaluate",
    recorder: Recorder,
    readonly states: ForwardStates,
  ) {
    super(recorder);
  }

  tensor(name: string): Tensor {
    return this.states.tensor(`${this.layer.address}.${name}`);
  }

  linear(x: Tensor, weight: Tensor, bias: Tensor | null): Tensor {
    return this.learns(linear(this.recorder, x, weight, bias, this.isLearned(x)));
  }

  conv2d(x: Tensor, weight: Tensor, bias: Tensor | null, options: Conv2dOptions): Tensor {
    const { stride, padding, dilation, groups } = options;
    const sliding = {
      stride: [stride, stride],
      padding: [padding, padding],
      dilation: [dilation, dilation],
      groups,
    };
    return this.learns(conv2d(this.recorder, x, weight, bias, { sliding, wantsInput: this.isLearned(x) }));
  }

  conv1d(x: Tensor, weight: Tensor, bias: Tensor | null, options: Conv2dOptions): Tensor {
    const { stride, padding, dilation, groups } = options;
    const [length = 1, channels = 1] = this.shape(x);
    const [taps = 1, perGroup = 1, filters = 1] = weight.shape;
    // An image of one column.
    const sliding = { stride: [stride, 1], padding: [padding, 0], dilation: [dilation, 1], groups };
    const column = this.reshape(x, [length, 1, channels]);
    const kernel = this.unary(
      weight,
      (w) => callOne("Reshape", [w], { shape: [taps, 1, perGroup, filters] }),
      (dw, w) => callOne("Reshape", [dw], { shape: w.shape }),
    );
    const wantsInput = this.isLearned(column);
    const y = this.learns(conv2d(this.recorder, column, kernel, bias, { sliding, wantsInput }));
    return this.reshape(y, [y.shape[1] ?? 1, filters]);
  }

  convTranspose2d(x: Tensor, weight: Tensor, bias: Tensor | null, options: ConvTranspose2dOptions): Tensor {
    return this.learns(
      convTranspose2d(this.recorder, x, weight, bias, { options, wantsInput: this.isLearned(x) }),
    );
  }

  maxPool2d(x: Tensor, { size, stride, padding }: Pool2dOptions): Tensor {
    const window = { size, stride, padding };
    return this.unary(
      x,
      (x) => callOne("lerac.MaxPool", [x], window),
      (dy, x, y) => callOne("lerac.MaxPoolGrad", [dy, x, y], window),
    );
  }

  avgPool2d(x: Tensor, { size, stride, padding }: Pool2dOptions): Tensor {
    const window = { size, stride, padding };
    return this.unary(
      x,
      (x) => callOne("lerac.AvgPool", [x], window),
      (dy, x) => callOne("lerac.AvgPoolGrad", [dy], { ...window, extent: x.shape.slice(1, 3) }),
    );
  }

  globalAvgPool2d(x: Tensor): Tensor {
    const [height = 1, width = 1, channels = 1] = this.shape(x);
    if (height !== width) return this.reshape(this.#meanOfImage(x), [channels]);
    return this.reshape(this.avgPool2d(x, { size: height, stride: 1, padding: 0 }), [channels]);
  }

  globalMaxPool2d(x: Tensor): Tensor {
    const [height = 1, width = 1, channels = 1] = this.shape(x);
    if (height !== width) return this.refuse("globalMaxPool2d of an image that is not square");
    return this.reshape(this.maxPool2d(x, { size: height, stride: 1, padding: 0 }), [channels]);
  }

  adaptiveAvgPool2d(x: Tensor, rows: number, columns: number): Tensor {
    const [height = 1, width = 1] = this.shape(x);
    const size = height / rows;
    if (!Number.isInteger(size) || width / columns !== size)
      return this.refuse("adaptiveAvgPool2d with windows of several sizes");
    return this.avgPool2d(x, { size, stride: size, padding: 0 });
  }

  layerNorm(x: Tensor, weight: Tensor, bias: Tensor, eps: number): Tensor {
    return this.learns(affine(this.recorder, this.#unitRows(x, eps, true), weight, bias));
  }

  rmsNorm(x: Tensor, weight: Tensor, eps: number): Tensor {
    return this.learns(affine(this.recorder, this.#unitRows(x, eps, false), weight, null));
  }

  groupNorm(
    x: Tensor,
    weight: Tensor,
    bias: Tensor,
    { groups, eps }: { readonly groups: number; readonly eps: number },
  ): Tensor {
    const channels = x.shape.at(-1) ?? 1;
    const share = channels / groups;
    const places = x.size / ((x.shape[0] ?? 1) * channels);
    const apart = this.transpose(this.reshape(x, [places, groups, share]), [1, 0, 2]);
    const rows = this.#unitRows(apart, eps, true, places * share);
    const together = this.reshape(this.transpose(rows, [1, 0, 2]), x.shape.slice(1));
    return this.learns(affine(this.recorder, together, weight, bias));
  }

  prelu(x: Tensor, weight: Tensor): Tensor {
    return this.learns(prelu(this.recorder, x, weight));
  }

  batchNorm(x: Tensor, { eps, momentum }: { readonly eps: number; readonly momentum: number }): Tensor {
    const { address, frozen } = this.layer;
    const [weight, bias] = [this.tensor("weight"), this.tensor("bias")];
    const [mean, variance] = [this.tensor("mean"), this.tensor("variance")];
    const given = this.phase === "evaluate" || frozen;
    const count = x.size / (x.shape.at(-1) ?? 1);
    const unbiased = count / Math.max(1, count - 1);
    const move = (name: string, old: Tensor, now: Tensor, factor: number) => {
      const moved = { keep: momentum, take: (1 - momentum) * factor };
      this.states.update(`${address}.${name}`, callOne("lerac.Moved", [old, now], moved));
    };
    return this.learns(
      batchNorm(this.recorder, [x, weight, bias], eps, given ? [mean, variance] : null, (m, v) => {
        move("mean", mean, m, 1);
        move("variance", variance, v, unbiased);
      }),
    );
  }

  relu(x: Tensor): Tensor {
    return this.unary(
      x,
      (x) => callOne("lerac.Relu", [x]),
      (dy, _x, y) => callOne("lerac.ReluGrad", [dy, y]),
    );
  }

  activation(x: Tensor, curve: Activation, parameter = 0): Tensor {
    return this.unary(
      x,
      (x) => callOne("lerac.Activation", [x], { curve, parameter }),
      (dy, x) => callOne("lerac.ActivationGrad", [dy, x], { curve, parameter }),
    );
  }

  dropout(x: Tensor, rate: number): Tensor {
    return this.#masked(x, rate, x.shape);
  }

  dropPath(x: Tensor, rate: number): Tensor {
    return this.#masked(x, rate, [x.shape[0] ?? 1, ...x.shape.slice(1).map(() => 1)]);
  }

  /** The mean over height and width, [B, 1, 1, C]. */
  #meanOfImage(x: Tensor): Tensor {
    const [, height = 1, width = 1] = x.shape;
    const share = 1 / (height * width);
    return this.unary(
      x,
      (x) => callOne("Multiply", [callOne("lerac.SumOver", [x], { axes: [1, 2] }), scalar(share)]),
      (dy) =>
        callOne("Multiply", [
          dy,
          tensor(new Float32Array(height * width).fill(share), [1, height, width, 1]),
        ]),
    );
  }

  /** Rows of so many numbers, the last axis when left out, each normalised. */
  #unitRows(x: Tensor, eps: number, centred: boolean, width = x.shape.at(-1) ?? 1): Tensor {
    const y = unitRows(this.recorder, x, { eps, centred, width });
    return this.isLearned(x) ? this.learns(y) : y;
  }

  #masked(x: Tensor, rate: number, shape: readonly number[]): Tensor {
    if (this.phase === "evaluate" || rate === 0) return x;
    invariant(sizeOf(shape) > 0, "a mask of nothing");
    const attributes = { site: this.layer.site, ...maskLevel(rate), shape };
    const mask = callOne("lerac.DropoutMask", [this.states.stepKeys()], attributes);
    return this.unary(
      x,
      (x) => callOne("Multiply", [x, mask]),
      (dy) => callOne("Multiply", [dy, mask]),
    );
  }
}

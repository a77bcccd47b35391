import type { Tensor } from "@tensorflow/tfjs-core";
import { InternalError, invariant } from "../../../base/invariant.js";
import type {
  Activation,
  Conv2dOptions,
  ConvTranspose2dOptions,
  ForwardContext,
  Pool2dOptions,
} from "../../../language/forward.js";
import type { DropoutMasks } from "../../masks.js";
import { activation } from "../../ops/activations.js";
import {
  type BatchStatistics,
  batchNormEvaluate,
  batchNormFrozen,
  batchNormTrain,
} from "../../ops/batch_norm.js";
import { conv1d, conv2d, convTranspose2d } from "../../ops/conv2d.js";
import { masked, relu } from "../../ops/elementwise.js";
import { add, concat, mean, multiply, pad, reshape, slice, transpose } from "../../ops/join.js";
import { linear } from "../../ops/linear.js";
import { groupNorm, layerNorm, rmsNorm } from "../../ops/norms.js";
import { meanOfFilled } from "../../ops/places.js";
import { avgPool2d, globalAvgPool2d, globalMaxPool2d, maxPool2d } from "../../ops/pool.js";
import { prelu } from "../../ops/prelu.js";
import { evenBins, interpolated, repeated, resample2d } from "../../ops/resample.js";
import { softmax } from "../../ops/softmax.js";
import { tensor } from "../../tfjs.js";
import { SequenceContext } from "./sequence_context.js";

/** What a layer's operations reach beyond their operands. */
export interface LayerScope {
  readonly address: string;
  /** A tensor of the layer by its name. */
  tensor(name: string): Tensor;
  /** Training only: what batch normalisation measured, to move the layer's running statistics. */
  report(statistics: BatchStatistics, momentum: number): void;
  readonly masks: DropoutMasks;
  /** Its tensors have the rate 0 at this step: its statistics stay too. */
  readonly frozen: boolean;
  /** Completed optimizer steps. */
  readonly step: number;
}

/** Runs operators, layer after layer, on TensorFlow.js tensors as they come. */
export class EagerContext extends SequenceContext implements ForwardContext<Tensor> {
  #layer: LayerScope | null = null;

  /** @param samples size of the batch */
  constructor(
    readonly phase: "train" | "evaluate",
    samples: number,
  ) {
    super(samples);
  }

  /** The operations that follow belong to this layer. */
  enter(layer: LayerScope): void {
    this.#layer = layer;
  }

  tensor(name: string): Tensor {
    return this.#scope.tensor(name);
  }

  shape(x: Tensor): readonly number[] {
    return x.shape.slice(1);
  }

  linear(x: Tensor, weight: Tensor, bias: Tensor | null): Tensor {
    return this.learns(linear(x, weight, bias, this.learned.has(x)));
  }

  conv2d(x: Tensor, weight: Tensor, bias: Tensor | null, options: Conv2dOptions): Tensor {
    return this.learns(conv2d(x, weight, bias, options, this.learned.has(x)));
  }

  conv1d(x: Tensor, weight: Tensor, bias: Tensor | null, options: Conv2dOptions): Tensor {
    return this.learns(conv1d(x, weight, bias, options, this.learned.has(x)));
  }

  convTranspose2d(x: Tensor, weight: Tensor, bias: Tensor | null, options: ConvTranspose2dOptions): Tensor {
    return this.learns(convTranspose2d(x, weight, bias, options, this.learned.has(x)));
  }

  maxPool2d(x: Tensor, options: Pool2dOptions): Tensor {
    return this.passes(maxPool2d(x, options), x);
  }

  avgPool2d(x: Tensor, options: Pool2dOptions): Tensor {
    return this.passes(avgPool2d(x, options), x);
  }

  globalAvgPool2d(x: Tensor): Tensor {
    return this.passes(globalAvgPool2d(x), x);
  }

  globalMaxPool2d(x: Tensor): Tensor {
    return this.passes(globalMaxPool2d(x), x);
  }

  adaptiveAvgPool2d(x: Tensor, rows: number, columns: number): Tensor {
    const [height = 1, width = 1] = this.shape(x);
    return this.passes(resample2d(x, evenBins(height, rows), evenBins(width, columns)), x);
  }

  upsample2d(x: Tensor, factor: number, mode: "nearest" | "bilinear"): Tensor {
    const [height = 1, width = 1] = this.shape(x);
    const shares = mode === "nearest" ? repeated : interpolated;
    return this.passes(resample2d(x, shares(height, factor), shares(width, factor)), x);
  }

  batchNorm(x: Tensor, options: { readonly eps: number; readonly momentum: number }): Tensor {
    const layer = this.#scope;
    const weight = layer.tensor("weight");
    const bias = layer.tensor("bias");
    if (this.phase === "evaluate" || layer.frozen) {
      const mean = layer.tensor("mean");
      const variance = layer.tensor("variance");
      return this.phase === "evaluate"
        ? batchNormEvaluate(x, weight, bias, mean, variance, options.eps)
        : this.learns(batchNormFrozen(x, weight, bias, { mean, variance }, options.eps));
    }
    const report = (statistics: BatchStatistics) => layer.report(statistics, options.momentum);
    return this.learns(batchNormTrain(x, weight, bias, options.eps, report));
  }

  layerNorm(x: Tensor, weight: Tensor, bias: Tensor, eps: number): Tensor {
    return this.learns(layerNorm(x, weight, bias, eps));
  }

  groupNorm(
    x: Tensor,
    weight: Tensor,
    bias: Tensor,
    options: { readonly groups: number; readonly eps: number },
  ): Tensor {
    return this.learns(groupNorm(x, weight, bias, options.groups, options.eps));
  }

  rmsNorm(x: Tensor, weight: Tensor, eps: number): Tensor {
    return this.learns(rmsNorm(x, weight, eps));
  }

  relu(x: Tensor): Tensor {
    return this.passes(relu(x), x);
  }

  activation(x: Tensor, kind: Activation, parameter?: number): Tensor {
    return this.passes(activation(x, kind, parameter), x);
  }

  prelu(x: Tensor, weight: Tensor): Tensor {
    return this.learns(prelu(x, weight));
  }

  softmax(x: Tensor, axis: number): Tensor {
    return this.passes(softmax(x, axis + 1), x);
  }

  reshape(x: Tensor, shape: readonly number[]): Tensor {
    return this.passes(reshape(x, [x.shape[0] ?? 0, ...shape]), x);
  }

  dropout(x: Tensor, rate: number): Tensor {
    if (this.phase === "evaluate" || rate === 0) return x;
    const { masks, step } = this.#scope;
    return this.passes(masked(x, tensor(masks.at(step, rate, x.size), x.shape)), x);
  }

  dropPath(x: Tensor, rate: number): Tensor {
    if (this.phase === "evaluate" || rate === 0) return x;
    const { masks, step } = this.#scope;
    const [batch = 1, ...sizes] = x.shape;
    const mask = tensor(masks.at(step, rate, batch), [batch, ...sizes.map(() => 1)]);
    return this.passes(masked(x, mask), x);
  }

  add(a: Tensor, b: Tensor): Tensor {
    invariant(
      a.shape.join() === b.shape.join(),
      `add of [${a.shape.join(", ")}] and [${b.shape.join(", ")}]`,
    );
    return this.passes(add(a, b), a, b);
  }

  multiply(a: Tensor, b: Tensor): Tensor {
    return this.passes(multiply(a, b), a, b);
  }

  concat(tensors: readonly Tensor[], axis?: number): Tensor {
    invariant(tensors.length > 0, "concat of nothing");
    return this.passes(concat(tensors, axis === undefined ? undefined : axis + 1), ...tensors);
  }

  transpose(x: Tensor, order: readonly number[]): Tensor {
    return this.passes(transpose(x, [0, ...order.map((axis) => axis + 1)]), x);
  }

  pad(x: Tensor, margins: readonly (readonly [number, number])[], value: number): Tensor {
    return this.passes(pad(x, [[0, 0], ...margins], value), x);
  }

  slice(x: Tensor, start: readonly number[], size: readonly number[]): Tensor {
    const output = this.passes(slice(x, [0, ...start], [x.shape[0] ?? 1, ...size]), x);
    const [first = 0] = start;
    const [places = 0] = size;
    const left = this.lengthsOf(x)?.map((length) => Math.max(0, Math.min(places, length - first)));
    if (left !== undefined) this.setLengths(output, left);
    return output;
  }

  mean(x: Tensor, axis: number): Tensor {
    const lengths = axis === 0 && x.rank === 3 ? this.lengthsOf(x) : null;
    return this.passes(lengths === null ? mean(x, axis + 1) : meanOfFilled(x, lengths), x);
  }

  get #scope(): LayerScope {
    if (this.#layer === null) throw new InternalError("an operation ran outside of a layer");
    return this.#layer;
  }
}

import { type Tensor, tensor } from "@tensorflow/tfjs-core";
import { InternalError, invariant } from "../../../base/invariant.js";
import type { Conv2dOptions, ForwardContext, Pool2dOptions } from "../../../language/forward.js";
import type { DropoutMasks } from "../../masks.js";
import { type BatchStatistics, batchNormEvaluate, batchNormTrain } from "../../ops/batch_norm.js";
import { conv2d } from "../../ops/conv2d.js";
import { masked, relu } from "../../ops/elementwise.js";
import { add, concat, reshape } from "../../ops/join.js";
import { linear } from "../../ops/linear.js";
import { avgPool2d, globalAvgPool2d, maxPool2d } from "../../ops/pool.js";

/** What a layer's operations reach beyond their operands. */
export interface LayerScope {
  readonly address: string;
  /** A tensor of the layer by its name. */
  tensor(name: string): Tensor;
  /** Training only: what batch normalisation measured, to move the layer's running statistics. */
  report(statistics: BatchStatistics, momentum: number): void;
  readonly masks: DropoutMasks;
  /** Completed optimizer steps. */
  readonly step: number;
}

/** Runs operators, layer after layer, on TensorFlow.js tensors as they come. */
export class EagerContext implements ForwardContext<Tensor> {
  /** Values that some parameter has a say in: only they need gradients as inputs. */
  readonly #learned = new WeakSet<Tensor>();
  #layer: LayerScope | null = null;

  constructor(readonly phase: "train" | "evaluate") {}

  /** The operations that follow belong to this layer. */
  enter(layer: LayerScope): void {
    this.#layer = layer;
  }

  tensor(name: string): Tensor {
    return this.#scope.tensor(name);
  }

  linear(x: Tensor, weight: Tensor, bias: Tensor | null): Tensor {
    return this.#learns(linear(x, weight, bias, this.#learned.has(x)));
  }

  conv2d(x: Tensor, weight: Tensor, bias: Tensor | null, options: Conv2dOptions): Tensor {
    return this.#learns(conv2d(x, weight, bias, options, this.#learned.has(x)));
  }

  maxPool2d(x: Tensor, options: Pool2dOptions): Tensor {
    return this.#passes(maxPool2d(x, options), x);
  }

  avgPool2d(x: Tensor, options: Pool2dOptions): Tensor {
    return this.#passes(avgPool2d(x, options), x);
  }

  globalAvgPool2d(x: Tensor): Tensor {
    return this.#passes(globalAvgPool2d(x), x);
  }

  batchNorm(x: Tensor, options: { readonly eps: number; readonly momentum: number }): Tensor {
    const layer = this.#scope;
    const weight = layer.tensor("weight");
    const bias = layer.tensor("bias");
    if (this.phase === "evaluate") {
      const mean = layer.tensor("mean");
      const variance = layer.tensor("variance");
      return batchNormEvaluate(x, weight, bias, mean, variance, options.eps);
    }
    const report = (statistics: BatchStatistics) => layer.report(statistics, options.momentum);
    return this.#learns(batchNormTrain(x, weight, bias, options.eps, report));
  }

  relu(x: Tensor): Tensor {
    return this.#passes(relu(x), x);
  }

  reshape(x: Tensor, shape: readonly number[]): Tensor {
    return this.#passes(reshape(x, [x.shape[0] ?? 0, ...shape]), x);
  }

  dropout(x: Tensor, rate: number): Tensor {
    if (this.phase === "evaluate" || rate === 0) return x;
    const { masks, step } = this.#scope;
    return this.#passes(masked(x, tensor(masks.at(step, rate, x.size), x.shape)), x);
  }

  add(a: Tensor, b: Tensor): Tensor {
    invariant(
      a.shape.join() === b.shape.join(),
      `add of [${a.shape.join(", ")}] and [${b.shape.join(", ")}]`,
    );
    return this.#passes(add(a, b), a, b);
  }

  concat(tensors: readonly Tensor[]): Tensor {
    invariant(tensors.length > 0, "concat of nothing");
    return this.#passes(concat(tensors), ...tensors);
  }

  get #scope(): LayerScope {
    if (this.#layer === null) throw new InternalError("an operation ran outside of a layer");
    return this.#layer;
  }

  #learns(output: Tensor): Tensor {
    this.#learned.add(output);
    return output;
  }

  #passes(output: Tensor, ...inputs: Tensor[]): Tensor {
    return inputs.some((input) => this.#learned.has(input)) ? this.#learns(output) : output;
  }
}

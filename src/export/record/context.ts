import { InternalError } from "../../base/invariant.js";
import type {
  Activation,
  Conv2dOptions,
  ConvTranspose2dOptions,
  ForwardContext,
  Pool2dOptions,
} from "../../language/forward.js";
import { activated } from "./activations.js";
import { anySize, constantOf, type Value } from "./graph.js";
import { groupNorm, layerNorm, rmsNorm } from "./norms.js";
import { adaptiveAverage, enlarged } from "./resample.js";
import { RecordingSequences } from "./sequences.js";
import { transposedConvolution } from "./transposed.js";

/** The layer whose operations are recorded. */
export interface RecordedLayer {
  readonly address: string;
  /** A parameter or statistic of the layer by its name. */
  tensor(name: string): Value;
}

/**
 * The vocabulary of operators, in evaluation, as operations of a graph: what the engine computes with tensors is written
 * down here. So an operator is exported by the same `forward` that trains it.
 */
export class RecordingContext extends RecordingSequences implements ForwardContext<Value> {
  readonly phase = "evaluate";
  #layer: RecordedLayer | null = null;

  /** The operations that follow belong to this layer. */
  enter(layer: RecordedLayer): void {
    this.#layer = layer;
    this.graph.layer = layer.address;
  }

  tensor(name: string): Value {
    if (this.#layer === null) throw new InternalError("an operation ran outside of a layer");
    return this.#layer.tensor(name);
  }

  shape(x: Value): readonly number[] {
    return x.shape.slice(1);
  }

  linear(x: Value, weight: Value, bias: Value | null): Value {
    return this.product(x, weight, bias);
  }

  conv2d(x: Value, weight: Value, bias: Value | null, options: Conv2dOptions): Value {
    const { stride, dilation, groups, padding } = options;
    return this.graph.conv2d(x, weight, bias, { stride, dilation, groups, padding: [padding, padding] });
  }

  /** An image of one row. */
  conv1d(x: Value, weight: Value, bias: Value | null, options: Conv2dOptions): Value {
    const { stride, dilation, groups, padding } = options;
    const [batch = anySize, length = 1, channels = 1] = x.shape;
    const kernel = constantOf(weight);
    const row = this.graph.constant(`${kernel.name}/row`, [1, ...kernel.shape], kernel.values);
    const image = this.graph.reshape(x, [batch, 1, length, channels]);
    const y = this.graph.conv2d(image, row, bias, { stride, dilation, groups, padding: [0, padding] });
    return this.graph.reshape(y, [batch, ...y.shape.slice(2)]);
  }

  convTranspose2d(x: Value, weight: Value, bias: Value | null, options: ConvTranspose2dOptions): Value {
    return transposedConvolution(this.graph, x, constantOf(weight), bias, options);
  }

  maxPool2d(x: Value, { size, stride, padding }: Pool2dOptions): Value {
    const around = this.#surround(x, padding, Number.NEGATIVE_INFINITY);
    return this.graph.pool("max", around, [size, size], [stride, stride]);
  }

  avgPool2d(x: Value, { size, stride, padding }: Pool2dOptions): Value {
    return this.graph.pool("avg", this.#surround(x, padding, 0), [size, size], [stride, stride]);
  }

  globalAvgPool2d(x: Value): Value {
    return this.graph.reduce("mean", x, [1, 2], false);
  }

  globalMaxPool2d(x: Value): Value {
    return this.graph.reduce("max", x, [1, 2], false);
  }

  adaptiveAvgPool2d(x: Value, rows: number, columns: number): Value {
    return adaptiveAverage(this.graph, x, rows, columns);
  }

  upsample2d(x: Value, factor: number, mode: "nearest" | "bilinear"): Value {
    return enlarged(this.graph, x, factor, mode);
  }

  /** One factor and one summand a channel, worked out of the running statistics once and for all. */
  batchNorm(x: Value, { eps }: { readonly eps: number }): Value {
    const [weight, bias, mean, variance] = ["weight", "bias", "mean", "variance"].map(
      (name) => constantOf(this.tensor(name)).values,
    ) as [Float32Array, Float32Array, Float32Array, Float32Array];
    const scale = weight.map((value, i) => value / Math.sqrt((variance[i] as number) + eps));
    const shift = bias.map((value, i) => value - (mean[i] as number) * (scale[i] as number));
    const scaled = this.graph.binary("mul", x, this.graph.number("scale", [scale.length], scale));
    return this.graph.binary("add", scaled, this.graph.number("shift", [shift.length], shift));
  }

  layerNorm(x: Value, weight: Value, bias: Value, eps: number): Value {
    return layerNorm(this.graph, x, weight, bias, eps);
  }

  groupNorm(
    x: Value,
    weight: Value,
    bias: Value,
    options: { readonly groups: number; readonly eps: number },
  ): Value {
    return groupNorm(this.graph, x, weight, bias, options);
  }

  rmsNorm(x: Value, weight: Value, eps: number): Value {
    return rmsNorm(this.graph, x, weight, eps);
  }

  relu(x: Value): Value {
    return this.graph.unary("relu", x);
  }

  activation(x: Value, kind: Activation, parameter = 0): Value {
    return activated(this.graph, x, kind, parameter);
  }

  prelu(x: Value, weight: Value): Value {
    const negative = this.graph.binary("mul", this.graph.binary("min", x, 0), weight);
    return this.graph.binary("add", this.graph.unary("relu", x), negative);
  }

  softmax(x: Value, axis: number): Value {
    const last = x.shape.length - 1;
    // Exchanges two axes, which is its own way back.
    const exchange = x.shape.map((_, i) => (i === axis + 1 ? last : i === last ? axis + 1 : i));
    return this.graph.transpose(this.graph.softmax(this.graph.transpose(x, exchange)), exchange);
  }

  reshape(x: Value, shape: readonly number[]): Value {
    return this.graph.reshape(x, [anySize, ...shape]);
  }

  dropout(x: Value): Value {
    return x;
  }

  dropPath(x: Value): Value {
    return x;
  }

  add(a: Value, b: Value): Value {
    return this.graph.binary("add", a, b);
  }

  multiply(a: Value, b: Value): Value {
    const missing = Array.from({ length: a.shape.length - b.shape.length }, () => 1);
    const wide = this.graph.reshape(b, [b.shape[0] ?? anySize, ...missing, ...b.shape.slice(1)]);
    return this.graph.binary("mul", a, wide);
  }

  concat(tensors: readonly Value[], axis?: number): Value {
    const last = (tensors[0]?.shape.length ?? 1) - 1;
    return this.graph.concat(tensors, axis === undefined ? last : axis + 1);
  }

  transpose(x: Value, order: readonly number[]): Value {
    return this.graph.transpose(x, [0, ...order.map((axis) => axis + 1)]);
  }

  pad(x: Value, margins: readonly (readonly [number, number])[], value: number): Value {
    return this.graph.pad(x, [[0, 0], ...margins], value);
  }

  slice(x: Value, start: readonly number[], size: readonly number[]): Value {
    const output = this.graph.slice(x, [0, ...start], [anySize, ...size]);
    if (output !== x) this.lengths.cut(output, x, start[0] ?? 0, size[0] ?? 0);
    return output;
  }

  mean(x: Value, axis: number): Value {
    const ofFilled = axis === 0 && x.shape.length === 3 ? this.lengths.mean(x) : null;
    return ofFilled ?? this.graph.reduce("mean", x, [axis + 1], false);
  }

  #surround(x: Value, padding: number, value: number): Value {
    const sides = [padding, padding] as const;
    return this.graph.pad(x, [[0, 0], sides, sides, [0, 0]], value);
  }
}

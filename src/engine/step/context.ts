import { clone, type Tensor } from "@tensorflow/tfjs-core";
import { invariant } from "../../base/invariant.js";
import type { Activation, Conv2dOptions, ForwardContext, Pool2dOptions } from "../../language/forward.js";
import { sizeOf } from "../graph/types.js";
import { maskLevel } from "../masks.js";
import type { Recorder } from "../trace/recorder.js";
import { callOne } from "../trace/shape-backend.js";
import { batchNorm, conv2d, linear, recordedComposite, unary } from "./operations.js";
import { cannotCompile } from "./refusal.js";
import { RefusingContext } from "./refusing.js";

/** What the operations of a layer reach beyond their operands. */
export interface CompiledLayer {
  readonly address: string;
  readonly operator: string;
  /** Its row in the keys of masks. */
  readonly site: number;
  /** Its tensors have the rate 0: its statistics stay too. */
  readonly frozen: boolean;
}

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
export class StepContext extends RefusingContext<Tensor> implements ForwardContext<Tensor> {
  /** Values that some parameter has a say in: only they need gradients as inputs. */
  readonly #learned = new WeakSet<Tensor>();
  #layer: CompiledLayer | null = null;

  constructor(
    readonly phase: "train" | "evaluate",
    readonly recorder: Recorder,
    readonly states: ForwardStates,
  ) {
    super();
  }

  /** The operations that follow belong to this layer. */
  enter(layer: CompiledLayer): void {
    this.#layer = layer;
  }

  tensor(name: string): Tensor {
    return this.states.tensor(`${this.#scope.address}.${name}`);
  }

  shape(x: Tensor): readonly number[] {
    return x.shape.slice(1);
  }

  linear(x: Tensor, weight: Tensor, bias: Tensor | null): Tensor {
    return this.#learns(linear(this.recorder, x, weight, bias, this.#learned.has(x)));
  }

  conv2d(x: Tensor, weight: Tensor, bias: Tensor | null, options: Conv2dOptions): Tensor {
    const { stride, padding, dilation, groups } = options;
    const sliding = {
      stride: [stride, stride],
      padding: [padding, padding],
      dilation: [dilation, dilation],
      groups,
    };
    return this.#learns(
      conv2d(this.recorder, x, weight, bias, { sliding, wantsInput: this.#learned.has(x) }),
    );
  }

  maxPool2d(x: Tensor, { size, stride, padding }: Pool2dOptions): Tensor {
    const window = { size, stride, padding };
    return this.#unary(
      x,
      (x) => callOne("lerac.MaxPool", [x], window),
      (dy, x, y) => callOne("lerac.MaxPoolGrad", [dy, x, y], window),
    );
  }

  avgPool2d(x: Tensor, { size, stride, padding }: Pool2dOptions): Tensor {
    const window = { size, stride, padding };
    return this.#unary(
      x,
      (x) => callOne("lerac.AvgPool", [x], window),
      (dy, x) => callOne("lerac.AvgPoolGrad", [dy], { ...window, extent: x.shape.slice(1, 3) }),
    );
  }

  globalAvgPool2d(x: Tensor): Tensor {
    const [height = 1, width = 1, channels = 1] = this.shape(x);
    if (height !== width) return this.refuse("globalAvgPool2d of an image that is not square");
    return this.reshape(this.avgPool2d(x, { size: height, stride: 1, padding: 0 }), [channels]);
  }

  batchNorm(x: Tensor, { eps, momentum }: { readonly eps: number; readonly momentum: number }): Tensor {
    const { address, frozen } = this.#scope;
    const [weight, bias] = [this.tensor("weight"), this.tensor("bias")];
    const [mean, variance] = [this.tensor("mean"), this.tensor("variance")];
    const given = this.phase === "evaluate" || frozen;
    const count = x.size / (x.shape.at(-1) ?? 1);
    const unbiased = count / Math.max(1, count - 1);
    const move = (name: string, old: Tensor, now: Tensor, factor: number) => {
      const moved = { keep: momentum, take: (1 - momentum) * factor };
      this.states.update(`${address}.${name}`, callOne("lerac.Moved", [old, now], moved));
    };
    return this.#learns(
      batchNorm(this.recorder, [x, weight, bias], eps, given ? [mean, variance] : null, (m, v) => {
        move("mean", mean, m, 1);
        move("variance", variance, v, unbiased);
      }),
    );
  }

  relu(x: Tensor): Tensor {
    return this.#unary(
      x,
      (x) => callOne("lerac.Relu", [x]),
      (dy, _x, y) => callOne("lerac.ReluGrad", [dy, y]),
    );
  }

  activation(x: Tensor, curve: Activation, parameter = 0): Tensor {
    return this.#unary(
      x,
      (x) => callOne("lerac.Activation", [x], { curve, parameter }),
      (dy, x) => callOne("lerac.ActivationGrad", [dy, x], { curve, parameter }),
    );
  }

  reshape(x: Tensor, shape: readonly number[]): Tensor {
    return this.#unary(
      x,
      (x) => callOne("Reshape", [x], { shape: [x.shape[0] ?? 1, ...shape] }),
      (dy, x) => callOne("Reshape", [dy], { shape: x.shape }),
    );
  }

  dropout(x: Tensor, rate: number): Tensor {
    return this.#masked(x, rate, x.shape);
  }

  dropPath(x: Tensor, rate: number): Tensor {
    return this.#masked(x, rate, [x.shape[0] ?? 1, ...x.shape.slice(1).map(() => 1)]);
  }

  add(a: Tensor, b: Tensor): Tensor {
    const sum = recordedComposite(
      this.recorder,
      [a, b],
      () => ({ output: callOne("Add", [a, b]), saved: [] }),
      (dy) => [clone(dy), clone(dy)],
    );
    return this.#learned.has(a) || this.#learned.has(b) ? this.#learns(sum) : sum;
  }

  protected override refuse(what: string): never {
    const { address, operator } = this.#scope;
    throw cannotCompile(`the layer ${address} (${operator}) computes ${what}`);
  }

  #masked(x: Tensor, rate: number, shape: readonly number[]): Tensor {
    if (this.phase === "evaluate" || rate === 0) return x;
    invariant(sizeOf(shape) > 0, "a mask of nothing");
    const attributes = { site: this.#scope.site, ...maskLevel(rate), shape };
    const mask = callOne("lerac.DropoutMask", [this.states.stepKeys()], attributes);
    return this.#unary(
      x,
      (x) => callOne("Multiply", [x, mask]),
      (dy) => callOne("Multiply", [dy, mask]),
    );
  }

  #unary(
    x: Tensor,
    forward: (x: Tensor) => Tensor,
    gradient: (dy: Tensor, x: Tensor, y: Tensor) => Tensor,
  ): Tensor {
    const y = unary(this.recorder, x, forward, gradient);
    return this.#learned.has(x) ? this.#learns(y) : y;
  }

  #learns(output: Tensor): Tensor {
    this.#learned.add(output);
    return output;
  }

  get #scope(): CompiledLayer {
    invariant(this.#layer, "an operation ran outside of a layer");
    return this.#layer;
  }
}

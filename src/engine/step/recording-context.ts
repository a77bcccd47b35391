import type { Tensor } from "@tensorflow/tfjs-core";
import { invariant } from "../../base/invariant.js";
import type { Recorder } from "../trace/recorder.js";
import { recordedComposite, unary } from "./operations.js";
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

/** Runs operations on the tracing backend for the layer at hand, and knows which values need a gradient. */
export abstract class RecordingContext extends RefusingContext<Tensor> {
  /** Values that some parameter has a say in: only they need gradients as inputs. */
  readonly #learned = new WeakSet<Tensor>();
  #layer: CompiledLayer | null = null;

  constructor(readonly recorder: Recorder) {
    super();
  }

  /** The operations that follow belong to this layer. */
  enter(layer: CompiledLayer): void {
    this.#layer = layer;
  }

  shape(x: Tensor): readonly number[] {
    return x.shape.slice(1);
  }

  protected override refuse(what: string): never {
    const { address, operator } = this.layer;
    throw cannotCompile(`the layer ${address} (${operator}) computes ${what}`);
  }

  protected get layer(): CompiledLayer {
    invariant(this.#layer, "an operation ran outside of a layer");
    return this.#layer;
  }

  protected isLearned(x: Tensor): boolean {
    return this.#learned.has(x);
  }

  protected learns(output: Tensor): Tensor {
    this.#learned.add(output);
    return output;
  }

  /** An operation of one operand, whose gradient needs dy and some of operand and result. */
  protected unary(
    x: Tensor,
    forward: (x: Tensor) => Tensor,
    gradient: (dy: Tensor, x: Tensor, y: Tensor) => Tensor,
  ): Tensor {
    const y = unary(this.recorder, x, forward, gradient);
    return this.isLearned(x) ? this.learns(y) : y;
  }

  /** An operation of several operands without tensors of its own. */
  protected joined(
    inputs: readonly Tensor[],
    forward: () => Tensor,
    gradient: (dy: Tensor) => readonly Tensor[],
  ): Tensor {
    const y = recordedComposite(this.recorder, inputs, () => ({ output: forward(), saved: [] }), gradient);
    return inputs.some((input) => this.isLearned(input)) ? this.learns(y) : y;
  }
}

import type { Span } from "../../diagnostics/index.js";
import type { Operator, Shape, TensorSpec } from "../../language/operators/index.js";
import type { InitChoice } from "./init.js";

/** A model after expansion: every layer with its address, shape and tensors. */
export interface CheckedModel {
  readonly name: string;
  readonly span: Span;
  readonly inputs: readonly ModelInput[];
  readonly layers: readonly CheckedLayer[];
  /** Numbers in trainable tensors. */
  readonly parameters: number;
}

export interface ModelInput {
  readonly name: string;
  /** Has a name of its own; else it is called as its kind. */
  readonly named: boolean;
  readonly kind: string;
  readonly shape: Shape;
  readonly span: Span;
}

export interface CheckedLayer {
  readonly address: string;
  readonly operator: Operator;
  /** Where each input comes from: an address, or `input:NAME`. */
  readonly inputs: readonly string[];
  readonly args: Readonly<Record<string, unknown>>;
  /** Where arguments were written. */
  readonly argSpans: Readonly<Record<string, Span>>;
  /** The same with their keys. */
  readonly written: Readonly<Record<string, Span>>;
  readonly output: Shape;
  /** Of a layer that gives several streams: the shape of each. */
  readonly outputs?: readonly Shape[];
  readonly tensors: readonly TensorSpec[];
  readonly multiplyAdds: number;
  readonly title: string;
  /** The level it belongs to by default: its top-level group, or an iteration of a top-level `repeat`. */
  readonly group: string;
  readonly init: InitChoice | null;
  readonly span: Span;
}

/** A tensor that flows: where it comes from and its shape. */
export interface Stream {
  /** What the block that returned it calls it, or its number among the outputs of an operator. */
  readonly name?: string;
  readonly from: string;
  readonly shape: Shape;
  /** The layer that made it, for messages. */
  readonly span: Span;
}

/** Most layers after expansion. */
export const maximumLayers = 20_000;
/** Most lines that expansion goes through: loops and conditions that make no layers end too. */
export const maximumSteps = 100_000;
/** Most elements of a tensor. */
export const maximumElements = 2 ** 31;
/** Most iterations of one `repeat`. */
export const maximumRepeat = 4096;

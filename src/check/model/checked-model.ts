import type { Span } from "../../diagnostics/index.js";
import type { Operator, Shape, TensorSpec } from "../../language/operators/index.js";
import type { InitChoice } from "./init.js";

/** A model after expansion: every layer with its address, shape and tensors. */
export interface CheckedModel {
  readonly name: string;
  readonly span: Span;
  readonly inputs: readonly ModelInput[];
  readonly layers: readonly CheckedLayer[];
  readonly output: Stream;
  /** Numbers in trainable tensors. */
  readonly parameters: number;
}

export interface ModelInput {
  readonly name: string;
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
  readonly output: Shape;
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
  readonly from: string;
  readonly shape: Shape;
  /** The layer that made it, for messages. */
  readonly span: Span;
}

/** Most layers after expansion. */
export const maximumLayers = 20_000;
/** Most elements of a tensor. */
export const maximumElements = 2 ** 31;
/** Most iterations of one `repeat`. */
export const maximumRepeat = 4096;

import type { ArgumentTable, ArgumentValues } from "../arguments.js";
import type { ForwardContext } from "../forward.js";

/** Sizes of one sample, channels last, without the batch. */
export type Shape = readonly number[];

/** A tensor that an operator owns. Its address is the layer's, then `.name`. */
export interface TensorSpec {
  readonly name: string;
  readonly shape: Shape;
  /** False for statistics that the forward pass updates. */
  readonly trainable: boolean;
  /**
   * How it starts: a constant, or random with this fan-in by the initialiser in force (`init` of the layer or of
   * `train`).
   */
  readonly init:
    | { readonly kind: "constant"; readonly value: number }
    | { readonly kind: "random"; readonly fanIn: number; readonly fanOut: number };
}

/** What the compiler knows of a layer once its inputs and arguments are known. */
export interface Inferred {
  readonly output: Shape;
  /**
   * Operators that give several streams (`split`, `detect`): the shape of each, in order; `output` is then the first.
   * What comes after takes stream i of the layer at ADDRESS by the name `streamName(ADDRESS, i)`.
   */
  readonly outputs?: readonly Shape[];
  readonly tensors: readonly TensorSpec[];
  /** Multiply-adds of one sample's forward pass. */
  readonly multiplyAdds: number;
  /** As the plan prints it: "conv2d 3x3", "dropout 0.3". */
  readonly title: string;
}

/**
 * What an operator is given: one thing for each input. An operator without inputs (`parameter`) is given nothing and
 * never looks; `operands` is the door for lists whose length was checked against `inputs` of the operator.
 */
export type Operands<T> = readonly [T, ...T[]];

export function operands<T>(list: readonly T[]): Operands<T> {
  return list as unknown as Operands<T>;
}

/** Why a call does not fit its inputs, in the reader's words. */
export interface Misfit {
  readonly code: string;
  readonly message: (layer: string) => string;
  /** The argument it hangs on; the call itself when left out. */
  readonly argument?: string;
  /** Words under the span. */
  readonly label: string;
  /** Words under the layer that made the input, given its shape. */
  readonly inputLabel?: string;
  readonly notes?: readonly string[];
  readonly helps?: readonly string[];
}

/**
 * One operator of the language: signature, shape rule, cost, documentation and what it computes, in one file.
 * `A` are its checked arguments, defaults filled in; they become the layer's attributes in the program.
 */
export interface Operator<P extends ArgumentTable = ArgumentTable> {
  readonly name: string;
  readonly summary: string;
  /** Paper or reference implementation of the definition. */
  readonly source: string;
  /** How many inputs it takes. */
  readonly inputs: { readonly from: number; readonly to: number };
  readonly arguments: P;
  /** Puts values at other places, so that the lengths of tokens end with it (where sizes change they end anyway). */
  readonly movesPlaces?: boolean;
  /** Has random tensors, so that `init:` may be given as well. */
  readonly initialisable?: boolean;
  infer(call: {
    readonly inputs: readonly [Shape, ...Shape[]];
    readonly args: ArgumentValues<P>;
  }): Inferred | Misfit;
  forward<T>(
    context: ForwardContext<T>,
    inputs: readonly [T, ...T[]],
    args: ArgumentValues<P>,
    layer: { readonly output: Shape },
  ): T | readonly T[];
}

/** How layers name stream i of a layer that gives several: no address has a colon. */
export function streamName(address: string, index: number): string {
  return `${address}:${index}`;
}

/** Keeps the argument types of one operator while it is defined, and widens it for the table. */
export function operator<const P extends ArgumentTable>(definition: Operator<P>): Operator {
  return definition as unknown as Operator;
}

export function isMisfit(result: Inferred | Misfit): result is Misfit {
  return "code" in result;
}

/** "[28, 28, 32]" */
export function shapeText(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

/** The common misfit: an operator for images was given something else. */
export function needsImage(name: string, shape: Shape): Misfit {
  const flat = shape.length === 1;
  return {
    code: "L0232",
    message: (layer) => `\`${layer}\` needs an image but is given ${shapeText(shape)}`,
    label: `${name} takes [height, width, channels]`,
    inputLabel: `gives ${shapeText(shape)}`,
    helps: flat ? [`move \`${name}\` above \`flatten\``] : [],
  };
}

/** Output size of a window that slides over `size` positions (PyTorch's floor mode). */
export function slidingSize(
  size: number,
  window: number,
  stride: number,
  padding: number,
  dilation = 1,
): number {
  return Math.floor((size + 2 * padding - dilation * (window - 1) - 1) / stride) + 1;
}

export function elements(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

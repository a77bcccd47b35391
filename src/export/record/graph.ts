import { invariant } from "../../base/invariant.js";

/** Stands for the number of samples in a shape: always the first size, and nowhere else. */
export const anySize = -1;

/** One value that flows, or a constant. Shapes hold the batch, as `anySize`; constants and what is made of them have none. */
export interface Value {
  readonly name: string;
  readonly shape: readonly number[];
}

/** A constant of the graph: a parameter, a statistic, or what was worked out of them. */
export interface Constant extends Value {
  readonly values: Float32Array;
}

export type UnaryName = "relu" | "exp" | "erf" | "tanh" | "sigmoid" | "rsqrt" | "identity";
export type BinaryName = "add" | "sub" | "mul" | "div" | "min";
export type ReduceName = "mean" | "sum" | "max";

/**
 * What a graph is made of: few operations, each plain in every format that is written. Images lie channels last; sizes
 * and axes count the batch.
 */
export type Operation =
  | { readonly kind: "unary"; readonly name: UnaryName }
  /** Two operands whose sizes agree or are 1, counted from the last axis. */
  | { readonly kind: "binary"; readonly name: BinaryName }
  /** Matrices in the last two axes; those before agree. */
  | { readonly kind: "matmul" }
  | {
      readonly kind: "reduce";
      readonly name: ReduceName;
      readonly axes: readonly number[];
      readonly keep: boolean;
    }
  /** Along the last axis. */
  | { readonly kind: "softmax" }
  /** Cross-correlation of an image with a constant kernel [kh, kw, C / groups, F]; a third operand is the bias [F]. */
  | {
      readonly kind: "conv2d";
      readonly stride: number;
      readonly dilation: number;
      readonly groups: number;
      /** Zeros above and below, left and right. */
      readonly padding: readonly [number, number];
    }
  | {
      readonly kind: "pool";
      readonly name: "max" | "avg";
      readonly size: readonly [number, number];
      readonly stride: readonly [number, number];
    }
  | { readonly kind: "reshape" }
  | { readonly kind: "transpose"; readonly order: readonly number[] }
  | { readonly kind: "concat"; readonly axis: number }
  | { readonly kind: "pad"; readonly margins: readonly (readonly [number, number])[]; readonly value: number }
  | { readonly kind: "slice"; readonly start: readonly number[] }
  /** Rows of the first operand, a table [rows, C], by the numbers of the second. */
  | { readonly kind: "gather" }
  /** The first operand once for every sample of the second. */
  | { readonly kind: "repeat" };

export interface Node {
  readonly operation: Operation;
  readonly inputs: readonly Value[];
  /** Its name is the node's as well. */
  readonly output: Value;
}

/** A forward pass as a list of operations, each after what it needs. */
export interface Graph {
  readonly inputs: readonly Value[];
  readonly constants: readonly Constant[];
  readonly nodes: readonly Node[];
  readonly outputs: readonly Value[];
}

export function isConstant(value: Value): value is Constant {
  return "values" in value;
}

/** The numbers of a kernel or a statistic, which no format lets depend on the input. */
export function constantOf(value: Value): Constant {
  invariant(isConstant(value), `${value.name} is not constant`);
  return value;
}

/** Numbers in one sample, or in a constant. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => (size === anySize ? product : product * size), 1);
}

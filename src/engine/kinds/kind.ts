import type { Tensor } from "@tensorflow/tfjs-core";
import type { Attributes, DType, ValueType } from "../graph/types.js";

/**
 * A kind of operation: the types it gives for the types it is given, and what it computes. `infer` serves the tracing
 * backend, the check of graphs and the lowerings alike; `reference` is the definition that every executor is held to.
 */
export interface Kind<A extends Attributes = Attributes> {
  readonly name: string;
  /** Exactly these are there. */
  readonly attributes: readonly (string & keyof A)[];
  /** How TensorFlow.js names the operands, where the kind is one of its own. */
  readonly operands?: readonly string[];
  /** Update rules: which operand is the rate. Operand 0 is the parameter, output 0 what becomes of it. */
  readonly rateOperand?: number;
  /**
   * Whether operands and outputs have the shape of operand 0, but for scalars, and each number depends on those of its own
   * place alone: then several tensors may lie side by side as one. A rule that looks at a tensor's norm is none of these.
   */
  readonly elementwise?: true;
  /** @throws Error where the operands do not fit */
  infer(inputs: readonly ValueType[], attributes: A): readonly ValueType[];
  reference(inputs: readonly Tensor[], attributes: A): readonly Tensor[];
}

/** Keeps the type of a kind's attributes while it is written. */
export function kind<A extends Attributes>(entry: Kind<A>): Kind {
  return entry as unknown as Kind;
}

export function f32(...shape: readonly number[]): ValueType {
  return { dtype: "float32", shape };
}

/** The operand at an index. @throws Error where there is none or it has another type of numbers */
export function operand(inputs: readonly ValueType[], index: number, dtype: DType = "float32"): ValueType {
  const type = inputs[index];
  if (type === undefined) throw new Error(`there is no operand ${index}`);
  if (type.dtype !== dtype) throw new Error(`operand ${index} is ${type.dtype}, not ${dtype}`);
  return type;
}

/** The sizes of an operand that has so many axes. @throws Error where it has not */
export function sizes(inputs: readonly ValueType[], index: number, rank: 4): [number, number, number, number];
export function sizes(inputs: readonly ValueType[], index: number, rank: 2): [number, number];
export function sizes(inputs: readonly ValueType[], index: number, rank: 1): [number];
export function sizes(inputs: readonly ValueType[], index: number, rank: number): number[] {
  const { shape } = operand(inputs, index);
  if (shape.length !== rank) throw new Error(`operand ${index} has ${shape.length} axes, not ${rank}`);
  return [...shape];
}

/** @throws Error where two shapes differ */
export function same(a: readonly number[], b: readonly number[], what: string): void {
  if (a.join() !== b.join()) throw new Error(`${what}: [${a.join(",")}] and [${b.join(",")}] differ`);
}

/** The tensor at an index, which `infer` has shown to be there. */
export function tensorAt(inputs: readonly Tensor[], index: number): Tensor {
  const tensor = inputs[index];
  if (tensor === undefined) throw new Error(`there is no operand ${index}`);
  return tensor;
}

/**
 * The compiled training step: one graph without side effects, in which state goes in and comes out. Shapes are static
 * and hold the batch; every value is made once. Images are channels last, kernels HWIO, as in the program.
 */
export interface StepGraph {
  readonly name: "train" | "evaluate";
  readonly batch: number;
  /** By id: the index is how everything else refers to a value. */
  readonly values: readonly ValueType[];
  readonly inputs: readonly Named[];
  readonly states: readonly State[];
  readonly constants: readonly Constant[];
  /** In an order in which every operation follows what it reads. */
  readonly ops: readonly Op[];
  readonly outputs: readonly Named[];
  /** What the columns of the state `plan` hold: one rate a level first. */
  readonly columns: readonly string[];
}

/** uint32 only where random bits are made. */
export type DType = "float32" | "int32" | "uint32";

export interface ValueType {
  readonly dtype: DType;
  readonly shape: readonly number[];
}

export interface Named {
  readonly name: string;
  readonly value: number;
}

/** `plan` and `keys` are written by the host, between steps; the others by the step. */
export type Role = "parameter" | "slot" | "statistic" | "counter" | "plan" | "keys";

/** Read at the entry of the step, written at most once, at its exit. */
export interface State extends Named {
  readonly role: Role;
  /** The value it has after the step; left out where the step does not change it. */
  readonly next?: number;
  /** Of a parameter and its slots: index of its level, which is the column of its rate. */
  readonly level?: number;
}

export interface Constant {
  readonly value: number;
  /** All numbers, row by row; a single one where they are all equal. */
  readonly numbers: readonly number[];
}

export type AttributeValue = number | boolean | string | readonly number[];
export type Attributes = Readonly<Record<string, AttributeValue>>;
export type Part = "forward" | "backward" | "update";

export interface Op {
  readonly kind: string;
  readonly inputs: readonly number[];
  readonly attributes: Attributes;
  readonly outputs: readonly number[];
  /** Address of the layer or tensor it is there for; empty where it serves all. */
  readonly at: string;
  readonly part: Part;
}

/** Numbers in a value. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

export function typeText({ dtype, shape }: ValueType): string {
  const short = { float32: "f32", int32: "i32", uint32: "u32" } as const;
  return `${short[dtype]}[${shape.join(",")}]`;
}

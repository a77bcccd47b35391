import { invariant } from "../../../base/invariant.js";
import type { Attributes, Op, StepGraph } from "../../graph/types.js";
import type { TensorflowWriter } from "./writer.js";

/** What the model is to run on. */
export type TensorflowDevice = "cpu" | "gpu";

/** The names that a graph's values have among TensorFlow's nodes. What few ask for is made when it is asked for. */
export class Values {
  readonly #names = new Map<number, string | (() => string)>();

  constructor(
    readonly graph: StepGraph,
    readonly writer: TensorflowWriter,
    readonly device: TensorflowDevice,
  ) {}

  shape(value: number): readonly number[] {
    return this.graph.values[value]?.shape ?? [];
  }

  has(value: number): boolean {
    return this.#names.has(value);
  }

  set(value: number, name: string | (() => string)): void {
    this.#names.set(value, name);
  }

  get(value: number): string {
    const known = this.#names.get(value);
    invariant(known !== undefined, `%${value} is not lowered yet`);
    if (typeof known === "string") return known;
    const made = known();
    this.#names.set(value, made);
    return made;
  }
}

/** What the gradient of a batch norm takes from its forward pass: nodes of TensorFlow that the step graph does not name. */
export interface NormRecord {
  readonly x: string;
  readonly reserved: readonly string[];
  readonly eps: number;
}

/** A value that is not made, but known to be another times a scalar. */
export interface Scaled {
  readonly of: string;
  readonly by: string;
}

/** What lowerings of one graph know of each other's work. */
export interface GraphNotes {
  /** By the value that their gradient is given. */
  readonly norms: Map<number, NormRecord>;
  /** Updates in place: their changes by value. */
  readonly changes: Map<number, Scaled>;
  /** The variables of states, by the state's value. */
  readonly variables: ReadonlyMap<number, string>;
  /** What the step leaves in a variable, by the state's value: nothing for those it does not change. */
  readonly nexts: ReadonlyMap<number, number>;
  /** Nodes that write variables in place; each waits for the barrier. */
  readonly updates: string[];
  readonly barrier: string;
}

/** One operation, as a lowering sees it. */
export class Lowering {
  constructor(
    readonly op: Op,
    readonly values: Values,
    readonly notes: GraphNotes,
  ) {}

  get writer(): TensorflowWriter {
    return this.values.writer;
  }

  get count(): number {
    return this.op.inputs.length;
  }

  /** The attributes, which the check of graphs has found to be there. */
  attributes<A extends Attributes>(): A {
    return this.op.attributes as A;
  }

  id(index: number): number {
    const id = this.op.inputs[index];
    invariant(id !== undefined, `${this.op.kind} has no operand ${index}`);
    return id;
  }

  input(index: number): string {
    return this.values.get(this.id(index));
  }

  inputs(): string[] {
    return this.op.inputs.map((id) => this.values.get(id));
  }

  shape(index: number): readonly number[] {
    return this.values.shape(this.id(index));
  }

  outputId(index: number): number {
    const id = this.op.outputs[index];
    invariant(id !== undefined, `${this.op.kind} has no output ${index}`);
    return id;
  }

  outputShape(index = 0): readonly number[] {
    return this.values.shape(this.outputId(index));
  }

  /** The variable that an operand is read from, if the step leaves one of this operation's outputs in it. */
  replaced(input: number, output: number): string | undefined {
    const state = this.id(input);
    return this.notes.nexts.get(state) === this.outputId(output)
      ? this.notes.variables.get(state)
      : undefined;
  }

  output(index: number, name: string | (() => string)): void {
    this.values.set(this.outputId(index), name);
  }
}

export type Lower = (lowering: Lowering) => void;

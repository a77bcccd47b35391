import { invariant } from "../../../base/invariant.js";
import type { Attributes, Op, StepGraph } from "../../graph/types.js";
import type { OnnxWriter } from "./writer.js";

/** How images lie in memory: channels last, as in the program, or channels first, as the runtime's kernels want them. */
export type Layout = "last" | "first";

/** The names that a graph's values have in the model, in one layout or both: a layout is made where it is asked for. */
export class Values {
  readonly #names = new Map<number, Partial<Record<Layout, string>>>();

  constructor(
    readonly graph: StepGraph,
    readonly writer: OnnxWriter,
  ) {}

  shape(value: number): readonly number[] {
    return this.graph.values[value]?.shape ?? [];
  }

  set(value: number, name: string, layout: Layout = "last"): void {
    this.#names.set(value, { ...this.#names.get(value), [layout]: name });
  }

  get(value: number, layout: Layout = "last"): string {
    const names = this.#names.get(value);
    invariant(names, `%${value} is not lowered yet`);
    const known = names[layout];
    if (known !== undefined) return known;
    const other = names[layout === "last" ? "first" : "last"];
    invariant(other !== undefined, `%${value} has no layout`);
    if (this.shape(value).length !== 4) return other;
    const made = this.writer.transpose(other, layout === "last" ? [0, 2, 3, 1] : [0, 3, 1, 2]);
    names[layout] = made;
    return made;
  }

  /** The layout in which images among the values lie already: channels first where one of them does. */
  layoutOf(values: readonly number[]): Layout {
    const first = values.some((value) => this.shape(value).length === 4 && this.#names.get(value)?.first);
    return first ? "first" : "last";
  }
}

/** One operation, as a lowering sees it. */
export class Lowering {
  constructor(
    readonly op: Op,
    readonly values: Values,
  ) {}

  get writer(): OnnxWriter {
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

  input(index: number, layout: Layout = "last"): string {
    return this.values.get(this.id(index), layout);
  }

  shape(index: number): readonly number[] {
    return this.values.shape(this.id(index));
  }

  outputShape(index = 0): readonly number[] {
    return this.values.shape(this.op.outputs[index] ?? -1);
  }

  output(index: number, name: string, layout: Layout = "last"): void {
    const id = this.op.outputs[index];
    invariant(id !== undefined, `${this.op.kind} has no output ${index}`);
    this.values.set(id, name, layout);
  }

  /** The layout of the operands; a single one that lies in both is taken channels first. */
  layout(...indices: number[]): Layout {
    return this.values.layoutOf(indices.map((index) => this.id(index)));
  }

  /** Numbers a channel, [C], so that they meet the channels of an image in a layout. */
  perChannel(vector: string, rank: number, layout: Layout): string {
    return rank === 4 && layout === "first" ? this.writer.reshape(vector, [-1, 1, 1]) : vector;
  }

  /** The axes of a value of so many but that of its channels. */
  allButChannels(rank: number, layout: Layout): number[] {
    const channels = rank === 4 && layout === "first" ? 1 : rank - 1;
    return Array.from({ length: rank }, (_, axis) => axis).filter((axis) => axis !== channels);
  }
}

export type Lower = (lowering: Lowering) => void;

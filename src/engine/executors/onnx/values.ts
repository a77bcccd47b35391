import { invariant } from "../../../base/invariant.js";
import type { Attributes, Op, StepGraph } from "../../graph/types.js";
import type { OnnxWriter } from "./writer.js";

/**
 * How images lie in memory: channels last, as in the program; channels first, as ONNX says its operators; or in blocks of
 * so many channels, [B, C / block, H, W, block], as the runtime's fastest kernels want them. A model calls the shape of
 * images in blocks [B, C, H, W].
 */
export type Layout = "last" | "first" | "blocked";

/** What the model is to run on. */
export interface OnnxTarget {
  /** Channels of a block; null where the runtime has no kernels for images in blocks. */
  readonly block: number | null;
  /** Whether there is a kernel that says where each maximum stands. */
  readonly placesOfMaxima: boolean;
  /** Whether convolutions are right where channels are taken three at a time. */
  readonly channelsByThree: boolean;
}

/** The names that a graph's values have in the model, in one layout or more: a layout is made where it is asked for. */
export class Values {
  readonly #names = new Map<number, Partial<Record<Layout, string>>>();

  constructor(
    readonly graph: StepGraph,
    readonly writer: OnnxWriter,
    readonly target: OnnxTarget,
  ) {}

  get block(): number | null {
    return this.target.block;
  }

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
    const [from] = (["blocked", "first", "last"] as const).filter((other) => names[other] !== undefined);
    const name = from === undefined ? undefined : names[from];
    invariant(from !== undefined && name !== undefined, `%${value} has no layout`);
    if (this.shape(value).length !== 4) return name;
    const made = this.#turned(name, from, layout, this.shape(value)[3] ?? 1);
    names[layout] = made;
    return made;
  }

  /** Whether images of this shape can lie in blocks: their channels fill them. */
  fitsBlocks(shape: readonly number[]): boolean {
    return this.block !== null && shape.length === 4 && (shape[3] ?? 1) % this.block === 0;
  }

  /** The layout in which images among the values lie already: in blocks where one of them does, else channels first. */
  layoutOf(values: readonly number[]): Layout {
    const images = values.filter((value) => this.shape(value).length === 4);
    const some = (layout: Layout) => images.some((value) => this.#names.get(value)?.[layout] !== undefined);
    if (some("blocked") && images.every((value) => this.fitsBlocks(this.shape(value)))) return "blocked";
    return some("first") || some("blocked") ? "first" : "last";
  }

  #turned(name: string, from: Layout, to: Layout, channels: number): string {
    const { writer } = this;
    if (from === "blocked") {
      return writer.blocked("ReorderOutput", [name], { channels, channels_last: to === "last" ? 1 : 0 });
    }
    if (to === "blocked") {
      return writer.blocked("ReorderInput", [name], { channels_last: from === "last" ? 1 : 0 });
    }
    return writer.transpose(name, to === "last" ? [0, 2, 3, 1] : [0, 3, 1, 2]);
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

  /** The layout of the operands; a single one that lies in several is taken as `Values.layoutOf` prefers. */
  layout(...indices: number[]): Layout {
    return this.values.layoutOf(indices.map((index) => this.id(index)));
  }

  /** Numbers a channel, [C], so that they meet the channels of an image in a layout that is not in blocks. */
  perChannel(vector: string, rank: number, layout: Layout): string {
    invariant(layout !== "blocked", "numbers a channel do not broadcast over blocks");
    return rank === 4 && layout === "first" ? this.writer.reshape(vector, [-1, 1, 1]) : vector;
  }

  /** The axes of a value of so many but that of its channels; not in blocks. */
  allButChannels(rank: number, layout: Layout): number[] {
    invariant(layout !== "blocked", "blocks have two axes of channels");
    const channels = rank === 4 && layout === "first" ? 1 : rank - 1;
    return Array.from({ length: rank }, (_, axis) => axis).filter((axis) => axis !== channels);
  }
}

export type Lower = (lowering: Lowering) => void;

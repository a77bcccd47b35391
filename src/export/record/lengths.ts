import type { GraphBuilder } from "./builder.js";
import { anySize, type Value } from "./graph.js";

/**
 * How many places of each sample are filled, [B, 1], for the values that come from tokens: carried from layer to layer
 * as the engine carries it. Lengths are whole numbers, so that min(relu(length − place), 1) is 1 at a filled place and 0
 * at padding.
 */
export class Lengths {
  readonly #known = new Map<string, Value>();
  /** What was worked out of a value's lengths: layers of one sequence share it. */
  readonly #filled = new Map<string, Value>();

  constructor(private readonly graph: GraphBuilder) {}

  of(x: Value): Value | null {
    return this.#known.get(x.name) ?? null;
  }

  set(x: Value, lengths: Value): void {
    this.#known.set(x.name, lengths);
  }

  /** The output of a layer has the places of its input: what is padding stays padding. */
  carry(output: Value, inputs: readonly Value[]): void {
    if (output.shape.length < 3 || this.#known.has(output.name)) return;
    const source = inputs.find((x) => this.#known.has(x.name) && x.shape[1] === output.shape[1]);
    const lengths = source && this.of(source);
    if (lengths) this.set(output, lengths);
  }

  /** Places were put in front of x. */
  lengthened(output: Value, x: Value, places: number): void {
    const lengths = this.of(x);
    if (lengths !== null) this.set(output, this.graph.binary("add", lengths, places));
  }

  /** So many places from `first` on were kept. */
  cut(output: Value, x: Value, first: number, places: number): void {
    const lengths = this.of(x);
    if (lengths === null) return;
    const left = this.graph.unary("relu", this.graph.binary("sub", lengths, first));
    this.set(output, this.graph.binary("min", left, places));
  }

  /** 1 at the filled places of x, 0 at padding, [B, L, 1]; null where all are filled. */
  filled(x: Value): Value | null {
    const lengths = this.of(x);
    return lengths === null ? null : this.#upTo(lengths, x.shape[1] ?? 1, 0);
  }

  /** 1 at the last filled place, else 0, [B, L, 1]: all 0 for a sample without any. Null where all are filled. */
  last(x: Value): Value | null {
    const lengths = this.of(x);
    if (lengths === null) return null;
    const size = x.shape[1] ?? 1;
    return this.graph.binary("sub", this.#upTo(lengths, size, 0), this.#upTo(lengths, size, 1));
  }

  /** The mean over the filled places, [B, C]; 0 where none is. Null where all are filled. */
  mean(x: Value): Value | null {
    const lengths = this.of(x);
    const filled = this.filled(x);
    if (lengths === null || filled === null) return null;
    const sum = this.graph.reduce("sum", this.graph.binary("mul", x, filled), [1], false);
    const more = this.graph.unary("relu", this.graph.binary("sub", lengths, 1));
    return this.graph.binary("div", sum, this.graph.binary("add", more, 1));
  }

  /** 1 at the places before length − `less`. */
  #upTo(lengths: Value, size: number, less: number): Value {
    const key = `${lengths.name} ${size} ${less}`;
    const known = this.#filled.get(key);
    if (known !== undefined) return known;
    const places = Float32Array.from({ length: size }, (_, place) => place + less);
    const ahead = this.graph.binary("sub", lengths, this.graph.number("places", [1, size], places));
    const steps = this.graph.binary("min", this.graph.unary("relu", ahead), 1);
    const filled = this.graph.reshape(steps, [anySize, size, 1]);
    this.#filled.set(key, filled);
    return filled;
  }
}

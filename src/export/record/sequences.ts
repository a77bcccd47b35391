import { fail } from "../../diagnostics/index.js";
import type {
  AttentionOptions,
  RecurrenceOptions,
  SequenceOperations,
} from "../../language/forward-sequence.js";
import { attention } from "./attention.js";
import type { GraphBuilder } from "./builder.js";
import { anySize, sizeOf, type Value } from "./graph.js";
import { recurrence } from "./recurrence.js";

/** The sequence operations as operations of a graph. */
export abstract class RecordingSequences implements SequenceOperations<Value> {
  constructor(
    protected readonly graph: GraphBuilder,
    readonly samples: Value,
    readonly padded: boolean,
  ) {}

  embed(indices: Value, table: Value): Value {
    return this.graph.gather(table, indices);
  }

  addAlong(x: Value, table: Value, axis: number): Value {
    const last = x.shape.length - 1;
    const size = x.shape[axis + 1] ?? 1;
    const width = x.shape[last] ?? 1;
    const rows = this.graph.slice(table, [0, 0], [size, width]);
    const spread = x.shape.map((extent, i) => (i === axis + 1 || i === last ? extent : 1));
    return this.graph.binary("add", x, this.graph.reshape(rows, spread));
  }

  forEverySample(x: Value): Value {
    return this.graph.repeat(x, this.samples);
  }

  constant(values: Float32Array, shape: readonly number[]): Value {
    return this.graph.number("constant", shape, values);
  }

  prepend(x: Value, token: Value, axis: number): Value {
    const place = x.shape.map((extent, i) => (i === axis + 1 ? 1 : extent));
    const fills = sizeOf(token.shape) === sizeOf(place);
    const last = x.shape.length - 1;
    const folded = fills ? place : place.map((extent, i) => (i === 0 || i === last ? extent : 1));
    const row = this.graph.reshape(token, folded);
    if (fills) return this.graph.concat([row, x], axis + 1);
    const zeros = this.graph.number("zeros", [1, ...place.slice(1)], new Float32Array(sizeOf(place)));
    return this.graph.concat([this.graph.binary("add", row, zeros), x], axis + 1);
  }

  recurrence(x: Value, options: RecurrenceOptions<Value>): Value {
    this.refusePadding(`recurrence (${options.cell})`);
    const { input, bias } = options;
    return recurrence(this.graph, this.product(x, input, bias), options);
  }

  finalState(states: Value, { reverse }: { readonly reverse: boolean }): Value {
    const [, length = 1, units = 1] = states.shape;
    const place = reverse ? 0 : length - 1;
    return this.graph.reshape(this.graph.slice(states, [0, place, 0], [anySize, 1, units]), [anySize, units]);
  }

  attention(q: Value, k: Value, v: Value, options: AttentionOptions<Value>): Value {
    if (options.axis === 0 && k.shape.length === 3) this.refusePadding("attention");
    return attention(this.graph, q, k, v, options);
  }

  /** x · weight (+ bias) at every place: x [B, …, in], weight [in, out]. */
  protected product(x: Value, weight: Value, bias: Value | null): Value {
    const [features = 1, units = 1] = weight.shape;
    const y = this.graph.matmul(this.graph.reshape(x, [anySize, features]), weight);
    const output = bias === null ? y : this.graph.binary("add", y, bias);
    return this.graph.reshape(output, [...x.shape.slice(0, -1), units]);
  }

  /**
   * The files know of no lengths: what looks along a sequence would count padding as words.
   * @throws LeracError L0740
   */
  protected refusePadding(name: string): void {
    if (!this.padded) return;
    const layer = this.graph.layer;
    throw fail("missing", "L0740", `\`${name}\` over tokens can't be exported yet`, {
      at: { place: layer },
      notes: ["shorter texts are padded, and the graph would not know which places are padding"],
      helps: ["`lerac export --to safetensors` writes the weights of any model"],
    });
  }
}

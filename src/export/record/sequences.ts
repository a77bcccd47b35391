import type {
  AttentionOptions,
  RecurrenceOptions,
  SequenceOperations,
} from "../../language/forward-sequence.js";
import { attention } from "./attention.js";
import type { GraphBuilder } from "./builder.js";
import { anySize, sizeOf, type Value } from "./graph.js";
import { Lengths } from "./lengths.js";
import { recurrence } from "./recurrence.js";

/** The sequence operations as operations of a graph. */
export abstract class RecordingSequences implements SequenceOperations<Value> {
  readonly lengths: Lengths;

  constructor(
    protected readonly graph: GraphBuilder,
    /** Any value with the batch first. */
    private readonly samples: Value,
  ) {
    this.lengths = new Lengths(graph);
  }

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
    const zeros = () => this.graph.number("zeros", [1, ...place.slice(1)], new Float32Array(sizeOf(place)));
    const first = fills ? row : this.graph.binary("add", row, zeros());
    const output = this.graph.concat([first, x], axis + 1);
    if (axis === 0) this.lengths.lengthened(output, x, 1);
    return output;
  }

  recurrence(x: Value, options: RecurrenceOptions<Value>): Value {
    const { input, bias, lengthsOf } = options;
    const filled = this.lengths.filled(lengthsOf);
    return recurrence(this.graph, this.product(x, input, bias), options, filled);
  }

  finalState(
    states: Value,
    { reverse, lengthsOf }: { readonly reverse: boolean; readonly lengthsOf: Value },
  ): Value {
    const [, length = 1, units = 1] = states.shape;
    const last = reverse ? null : this.lengths.last(lengthsOf);
    if (last !== null) return this.graph.reduce("sum", this.graph.binary("mul", states, last), [1], false);
    const place = reverse ? 0 : length - 1;
    return this.graph.reshape(this.graph.slice(states, [0, place, 0], [anySize, 1, units]), [anySize, units]);
  }

  attention(q: Value, k: Value, v: Value, options: AttentionOptions<Value>): Value {
    const alongTokens = options.axis === 0 && k.shape.length === 3;
    const filled = alongTokens ? this.lengths.filled(options.lengthsOf) : null;
    return attention(this.graph, q, k, v, { ...options, filled });
  }

  /** x · weight (+ bias) at every place: x [B, …, in], weight [in, out]. */
  protected product(x: Value, weight: Value, bias: Value | null): Value {
    const [features = 1, units = 1] = weight.shape;
    const y = this.graph.matmul(this.graph.reshape(x, [anySize, features]), weight);
    const output = bias === null ? y : this.graph.binary("add", y, bias);
    return this.graph.reshape(output, [...x.shape.slice(0, -1), units]);
  }
}

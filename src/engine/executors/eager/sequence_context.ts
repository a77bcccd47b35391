import type { Tensor } from "@tensorflow/tfjs-core";
import type {
  AttentionOptions,
  RecurrenceOptions,
  SequenceOperations,
} from "../../../language/forward-sequence.js";
import { attention } from "../../ops/attention.js";
import { embed } from "../../ops/embedding.js";
import { gruCell } from "../../ops/gru_cell.js";
import { lstmCell } from "../../ops/lstm_cell.js";
import { addAlong, forEverySample, prepend, rowsAt } from "../../ops/places.js";
import { recurrence } from "../../ops/recurrence.js";
import { tensor } from "../../tfjs.js";

/** The sequence operations of the eager context, and what it knows of the values that flow. */
export abstract class SequenceContext implements SequenceOperations<Tensor> {
  /** Values that some parameter has a say in: only they need gradients as inputs. */
  protected readonly learned = new WeakSet<Tensor>();
  readonly #constants = new WeakSet<Tensor>();
  readonly #lengths = new WeakMap<Tensor, Int32Array>();

  /** @param samples size of the batch */
  constructor(readonly samples: number) {}

  /** Filled places of each sample; null where all are, or the value is no sequence of tokens. */
  lengthsOf(x: Tensor): Int32Array | null {
    return this.#lengths.get(x) ?? null;
  }

  setLengths(x: Tensor, lengths: Int32Array): void {
    this.#lengths.set(x, lengths);
  }

  /** The output of a layer has the places of its input: what is padding stays padding. */
  carryLengths(output: Tensor, inputs: readonly Tensor[]): void {
    if (output.rank < 3 || this.#lengths.has(output)) return;
    const source = inputs.find((x) => this.#lengths.has(x) && x.shape[1] === output.shape[1]);
    const lengths = source && this.#lengths.get(source);
    if (lengths !== undefined) this.setLengths(output, lengths);
  }

  embed(indices: Tensor, table: Tensor): Tensor {
    return this.learns(embed(indices, table));
  }

  addAlong(x: Tensor, table: Tensor, axis: number): Tensor {
    const gradients = { x: this.learned.has(x), table: !this.#constants.has(table) };
    const output = addAlong(x, table, axis + 1, gradients);
    return gradients.x || gradients.table ? this.learns(output) : output;
  }

  forEverySample(x: Tensor): Tensor {
    return this.learns(forEverySample(x, this.samples));
  }

  constant(values: Float32Array, shape: readonly number[]): Tensor {
    const made = tensor(values, [...shape], "float32");
    this.#constants.add(made);
    return made;
  }

  prepend(x: Tensor, token: Tensor, axis: number): Tensor {
    const output = this.passes(prepend(x, token, axis + 1), x, token);
    const lengths = this.lengthsOf(x);
    if (lengths !== null && axis === 0)
      this.setLengths(
        output,
        lengths.map((length) => length + 1),
      );
    return output;
  }

  recurrence(x: Tensor, options: RecurrenceOptions<Tensor>): Tensor {
    return this.learns(
      recurrence(x, options, {
        cell: options.cell === "lstm" ? lstmCell : gruCell,
        reverse: options.reverse,
        lengths: this.lengthsOf(options.lengthsOf),
        inputGradient: this.learned.has(x),
      }),
    );
  }

  finalState(states: Tensor, options: { readonly reverse: boolean; readonly lengthsOf: Tensor }): Tensor {
    const lengths = this.lengthsOf(options.lengthsOf);
    const last = (states.shape[1] ?? 1) - 1;
    const places = Int32Array.from({ length: this.samples }, (_, sample) => {
      if (options.reverse) return 0;
      return lengths === null ? last : Math.min(last, (lengths[sample] ?? 0) - 1);
    });
    return this.passes(rowsAt(states, places), states);
  }

  attention(q: Tensor, k: Tensor, v: Tensor, options: AttentionOptions<Tensor>): Tensor {
    const { axis, heads, scale, causal } = options;
    const lengths = axis === 0 && k.rank === 3 ? this.lengthsOf(options.lengthsOf) : null;
    return this.passes(attention(q, k, v, { heads, axis: axis + 1, scale, causal, lengths }), q, k, v);
  }

  protected learns(output: Tensor): Tensor {
    this.learned.add(output);
    return output;
  }

  protected passes(output: Tensor, ...inputs: Tensor[]): Tensor {
    return inputs.some((input) => this.learned.has(input)) ? this.learns(output) : output;
  }
}

import { invariant } from "../../../../base/invariant.js";
import type { Layout, Lowering } from "../values.js";

/** What happens to each channel of a value, in any layout. */
export class Channels {
  readonly #shape: readonly number[];
  readonly #channels: number;
  /** Places of a channel: all numbers of the value, divided by its channels. */
  readonly count: number;

  constructor(
    readonly lowering: Lowering,
    readonly layout: Layout,
    shape: readonly number[],
  ) {
    this.#shape = shape;
    this.#channels = shape.at(-1) ?? 1;
    this.count = shape.slice(0, -1).reduce((product, extent) => product * extent, 1);
  }

  /** Σ x (or Σ x²) over all places → [C]. */
  sums(x: string, operator: "ReduceSum" | "ReduceSumSquare" = "ReduceSum"): string {
    const { writer, values } = this.lowering;
    const channels = this.#channels;
    if (this.layout === "blocked") {
      const [batch = 1, height = 1, width = 1] = this.#shape;
      const chunks = writer.reshape(x, [
        (batch * channels) / (values.block ?? 1),
        height * width,
        values.block ?? 1,
      ]);
      // Blocks of one place are a row of channels as they lie.
      const each = writer.reshape(writer.reduce(operator, chunks, [1]), [batch, channels]);
      return writer.reduce("ReduceSum", each, [0]);
    }
    if (this.layout === "first" && this.#shape.length === 4) return writer.reduce(operator, x, [0, 2, 3]);
    if (operator === "ReduceSumSquare") return this.sums(writer.mul(x, x));
    // A product with ones: much faster here than the runtime's sum over rows.
    const ones = writer.constant(
      "float32",
      [1, this.count],
      new Float32Array(this.count).fill(1),
      `${this.count} ones`,
    );
    const rows = writer.reshape(x, [this.count, channels]);
    return writer.reshape(writer.node("MatMul", [ones, rows]), [channels]);
  }

  /** x · slope + shift (+ more), with numbers a channel. */
  scaled(x: string, slope: string, shift: string | null, more: string | null = null): string {
    const { writer } = this.lowering;
    if (this.layout === "blocked") return this.#convolved(x, [slope, shift, more]);
    const meet = (vector: string) => this.lowering.perChannel(vector, this.#shape.length, this.layout);
    const product = writer.mul(x, meet(slope));
    const shifted = shift === null ? product : writer.add(product, meet(shift));
    return more === null ? shifted : writer.add(shifted, more);
  }

  /** x + shift, with numbers a channel. */
  shifted(x: string, shift: string): string {
    const { writer } = this.lowering;
    if (this.layout === "blocked")
      return this.#convolved(x, [
        writer.constant("float32", [this.#channels], new Float32Array(this.#channels).fill(1)),
        shift,
        null,
      ]);
    return writer.add(x, this.lowering.perChannel(shift, this.#shape.length, this.layout));
  }

  /** In blocks a number a channel is a kernel of one tap in as many groups: one pass over the image for all of it. */
  #convolved(x: string, [slope, shift, more]: readonly [string, string | null, string | null]): string {
    const { writer } = this.lowering;
    const channels = this.#channels;
    invariant(channels > 0, "an image without channels");
    const zeros = () => writer.constant("float32", [channels], new Float32Array(channels));
    const kernel = writer.reshape(slope, [channels, 1, 1, 1]);
    const inputs = [x, kernel, ...(shift !== null || more !== null ? [shift ?? zeros()] : [])];
    return writer.blocked("Conv", [...inputs, ...(more === null ? [] : [more])], {
      kernel_shape: [1, 1],
      strides: [1, 1],
      pads: [0, 0, 0, 0],
      dilations: [1, 1],
      group: channels,
    });
  }
}

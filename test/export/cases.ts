import { type Case, cases as vision } from "../engine/vision-cases.js";

/** A case of an operator that is to be exported. */
export interface ExportCase extends Case {
  /** Inputs are numbers of words below this. */
  readonly words?: number;
  /** Filled places of each sample of the first input. */
  readonly lengths?: readonly number[];
}

const image = [2, 6, 7, 4];

/** Operators whose tests in the engine are of another kind, on small inputs. */
const others: Readonly<Record<string, readonly ExportCase[]>> = {
  dense: [
    { name: "rows", inputs: [[3, 5]], args: { units: 4 } },
    { name: "at every place", inputs: [[2, 3, 2, 5]], args: { units: 4, bias: false } },
  ],
  conv2d: [
    { name: "padded", inputs: [image], args: { filters: 3, size: 3 } },
    { name: "one channel", inputs: [[2, 5, 5, 1]], args: { filters: 3, size: 3 } },
    { name: "stride", inputs: [image], args: { filters: 3, size: 3, stride: 2, bias: false } },
    { name: "dilation", inputs: [image], args: { filters: 2, size: 3, dilation: 2 } },
    {
      name: "stride and dilation",
      inputs: [[1, 9, 9, 2]],
      args: { filters: 2, size: 3, stride: 2, dilation: 2, padding: 1 },
    },
    { name: "even, unpadded", inputs: [image], args: { filters: 2, size: 2, padding: 0 } },
  ],
  max_pool: [
    { name: "tiles", inputs: [image], args: { size: 2 } },
    { name: "padded, negative", inputs: [image], args: { size: 3, stride: 2, padding: 1 }, range: [-9, -5] },
  ],
  relu: [{ name: "wide", inputs: [[3, 9]], range: [-2, 2] }],
  dropout: [{ name: "is nothing", inputs: [[3, 9]], args: { rate: 0.5 } }],
  drop_path: [{ name: "is nothing", inputs: [[3, 9]], args: { rate: 0.5 } }],
  tokens: [{ name: "of an image", inputs: [[2, 2, 3, 4]] }],
  embedding: [{ name: "words", inputs: [[2, 5]], args: { vocabulary: 7, width: 3 }, words: 7 }],
  learned_positions: [
    { name: "a sequence", inputs: [[2, 3, 4]], args: { axis: "length", count: 5 } },
    { name: "columns of an image", inputs: [[2, 3, 2, 4]], args: { axis: "width", count: 2 } },
  ],
  sinusoidal_positions: [{ name: "odd channels", inputs: [[2, 6, 5]] }],
  parameter: [{ name: "for every sample", inputs: [], args: { sizes: [2, 3] } }],
  prepend: [
    {
      name: "a row for the sample",
      inputs: [
        [2, 3, 2, 4],
        [2, 4],
      ],
      args: { axis: "bands" },
    },
    {
      name: "a row for every column",
      inputs: [
        [2, 3, 2, 4],
        [2, 2, 4],
      ],
      args: { axis: "bands" },
    },
    {
      name: "a place",
      inputs: [
        [2, 3, 4],
        [2, 1, 4],
      ],
      args: { axis: "length" },
    },
  ],
  attention: [
    { name: "of a sequence", inputs: [[2, 4, 6]], args: { heads: 2 } },
    { name: "with a decoder's mask", inputs: [[2, 4, 6]], args: { heads: 3, mask: "causal" } },
    { name: "padded", inputs: [[3, 4, 6]], args: { heads: 2 }, lengths: [4, 1, 3] },
    { name: "padded, masked", inputs: [[3, 4, 6]], args: { heads: 2, mask: "causal" }, lengths: [2, 4, 0] },
    {
      name: "over another sequence",
      inputs: [
        [2, 2, 3],
        [2, 5, 2],
      ],
      args: { heads: 1 },
    },
    { name: "along the rows of an image", inputs: [[2, 3, 2, 4]], args: { heads: 2, axis: "height" } },
    { name: "along its columns", inputs: [[2, 3, 2, 4]], args: { heads: 2, axis: "width" } },
  ],
  lstm: [
    { name: "final state", inputs: [[2, 4, 3]], args: { units: 3 } },
    { name: "padded, final state", inputs: [[3, 4, 3]], args: { units: 3 }, lengths: [2, 0, 4] },
    {
      name: "padded, both ways",
      inputs: [[3, 4, 3]],
      args: { units: 2, layers: 2, bidirectional: true, recurrent_bias: true },
      lengths: [1, 4, 3],
    },
    { name: "padded, every state", inputs: [[2, 4, 3]], args: { units: 2, sequence: true }, lengths: [2, 3] },
    {
      name: "two layers, both ways, every state",
      inputs: [[2, 4, 3]],
      args: { units: 2, layers: 2, bidirectional: true, sequence: true, recurrent_bias: true },
    },
  ],
  gru: [
    { name: "final state", inputs: [[2, 4, 3]], args: { units: 3 } },
    { name: "padded, final state", inputs: [[3, 4, 3]], args: { units: 3 }, lengths: [2, 0, 4] },
    {
      name: "padded, both ways",
      inputs: [[3, 4, 3]],
      args: { units: 2, layers: 2, bidirectional: true, recurrent_bias: true },
      lengths: [1, 4, 3],
    },
    { name: "padded, every state", inputs: [[2, 4, 3]], args: { units: 2, sequence: true }, lengths: [2, 3] },
    {
      name: "two layers, both ways, every state",
      inputs: [[2, 4, 3]],
      args: { units: 2, layers: 2, bidirectional: true, sequence: true, recurrent_bias: true },
    },
  ],
};

export const exportCases: Readonly<Record<string, readonly ExportCase[]>> = {
  ...vision,
  ...others,
  mean: [...(vision.mean ?? []), { name: "of filled places", inputs: [[3, 4, 2]], lengths: [4, 0, 3] }],
};

/** Operators that no graph can be written of, each with the reason. A new operator stands above or here. */
export const notExported: Readonly<Record<string, string>> = {};

import { number, numbers, optional, word } from "./arguments.js";
import { catalogue } from "./catalogue.js";

export { type SourceEntry, sources } from "./sources/index.js";
export { type TransformEntry, transforms } from "./transforms/index.js";

/** How raw values become inputs of the model, after every transform. */
export const scales = catalogue([
  {
    name: "standard",
    summary: "(value - mean) / std, after raw bytes are divided by 255.",
    arguments: {
      mean: numbers("mean, one a channel or one for all"),
      std: numbers("standard deviation, above 0"),
    },
  },
  {
    name: "range",
    summary:
      "Raw bytes from 0 to 255 become numbers from `low` to `high`; with `per`, the smallest and largest values of a sample, or of the train split.",
    arguments: {
      low: number("what the smallest value becomes"),
      high: number("what the largest value becomes"),
      per: optional(
        word("where smallest and largest are sought", ["sample", "dataset"]),
        "raw bytes, 0 to 255",
      ),
    },
  },
]);

import { name, names, string } from "../arguments.js";
import type { Sample } from "../samples.js";

/** What files of rows have in common: which columns are read, and which is learned. */
export const tableArguments = {
  path: string("the folder with the files that `split` names"),
  text: names("columns with text, in the order in which they are put together", {
    default: [],
    defaultText: "none",
  }),
  numbers: names("columns with numbers", { default: [], defaultText: "none" }),
  label: name("the column that is learned", { default: "label" }),
};

/** Texts or a row of numbers, never both: a model takes them in different ways. */
export function tableSample(args: {
  readonly text: readonly string[];
  readonly numbers: readonly string[];
}): Sample | { readonly problem: string } {
  const { text, numbers } = args;
  if (text.length > 0 && numbers.length > 0)
    return { problem: "takes columns of `text` or of `numbers`, not both" };
  if (text.length > 2) return { problem: "puts at most two columns of `text` together" };
  if (text.length > 0) return { kind: "text", texts: text.length };
  if (numbers.length > 0) return { kind: "features", n: numbers.length };
  return {
    problem: "needs the columns that hold the samples: `text: [question]` or `numbers: [age, height]`",
  };
}

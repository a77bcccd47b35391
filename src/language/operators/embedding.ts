import { count } from "../arguments.js";
import { operator } from "./operator.js";

export const entry = operator({
  name: "embedding",
  summary: "A learned row of `width` numbers for each of `vocabulary` words.",
  source: "PyTorch Embedding; Bengio et al. 2003",
  inputs: { from: 1, to: 1 },
  initialisable: true,
  arguments: {
    vocabulary: count("number of words, or of whatever the tokens number"),
    width: count("numbers a word"),
  },
  infer({ inputs: [input], args }) {
    const { vocabulary, width } = args;
    return {
      output: [...input, width],
      // One row is looked up, not summed over: with a fan-in of 2 the default start (kaiming) is N(0, 1), PyTorch's.
      tensors: [
        {
          name: "weight",
          shape: [vocabulary, width],
          trainable: true,
          init: { kind: "random", fanIn: 2, fanOut: width },
        },
      ],
      // A look-up is no multiplication.
      multiplyAdds: 0,
      title: `embedding ${vocabulary}x${width}`,
    };
  },
  forward(c, [x]) {
    return c.embed(x, c.tensor("weight"));
  },
});

import { axisIndex, axisWord, noSuchAxis } from "./axes.js";
import { operator } from "./operator.js";

export const entry = operator({
  name: "softmax",
  summary:
    "exp(x) divided by its sum along an axis: shares that add up to 1. `cross_entropy` takes logits and does this itself.",
  source: "Bridle 1990; PyTorch Softmax",
  inputs: { from: 1, to: 1 },
  arguments: { axis: axisWord("along which the shares add up to 1", "channels") },
  infer({ inputs: [input], args }) {
    if (axisIndex(args.axis, input) === null) return noSuchAxis(args.axis, input);
    return { output: input, tensors: [], multiplyAdds: 0, title: "softmax" };
  },
  forward(c, [x], args) {
    return c.softmax(x, axisIndex(args.axis, c.shape(x)) ?? 0);
  },
});

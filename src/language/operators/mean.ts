import { axisIndex, axisWord, noSuchAxis } from "./axes.js";
import { operator } from "./operator.js";

export const entry = operator({
  name: "mean",
  summary: "The mean along an axis, which goes.",
  source: "PyTorch mean",
  inputs: { from: 1, to: 1 },
  arguments: { axis: axisWord("the axis that goes", "length") },
  infer({ inputs: [input], args }) {
    const axis = input.length < 2 ? null : axisIndex(args.axis, input);
    if (axis === null) return noSuchAxis(args.axis, input);
    return {
      output: input.filter((_, i) => i !== axis),
      tensors: [],
      multiplyAdds: 0,
      title: `mean ${args.axis}`,
    };
  },
  forward(c, [x], args) {
    return c.mean(x, axisIndex(args.axis, c.shape(x)) ?? 0);
  },
});

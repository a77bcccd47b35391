import { axisIndex, axisWord, noSuchAxis } from "./axes.js";
import { operator, shapeText } from "./operator.js";

export const entry = operator({
  name: "prepend",
  summary:
    "Puts the second input in front of the first along an axis, such as a class token before the words.",
  source: "Devlin et al. 2019; Dosovitskiy et al. 2021",
  inputs: { from: 2, to: 2 },
  arguments: { axis: axisWord("that grows by one", "length") },
  infer({ inputs: [input, token = []], args }) {
    const axis = input.length < 2 ? null : axisIndex(args.axis, input);
    if (axis === null || axis === input.length - 1) return noSuchAxis(args.axis, input);
    const fitting = [
      input.slice(-1),
      input.filter((_, i) => i !== axis),
      input.map((size, i) => (i === axis ? 1 : size)),
    ].map(shapeText);
    if (!fitting.includes(shapeText(token))) {
      return {
        code: "L0231",
        message: (layer) => `\`${layer}\` can't put ${shapeText(token)} in front of ${shapeText(input)}`,
        label: `the second input must be ${[...new Set(fitting)].join(" or ")}`,
        inputLabel: `gives ${shapeText(input)}`,
      };
    }
    const output = input.map((size, i) => (i === axis ? size + 1 : size));
    return { output, tensors: [], multiplyAdds: 0, title: `prepend ${args.axis}` };
  },
  forward(c, [x, token = x], args, layer) {
    return c.prepend(x, token, axisIndex(args.axis, layer.output) ?? 0);
  },
});

import { operator, type Shape, shapeText } from "./operator.js";

export const entry = operator({
  name: "multiply",
  summary:
    "The first input times the second, element by element. The second may hold one number a channel, or 1 in place of a size: it then weighs many of the first (a gate).",
  source: "Hu et al. 2018; PyTorch mul",
  inputs: { from: 2, to: 2 },
  arguments: {},
  infer({ inputs: [input, factor = []] }) {
    if (!weighs(factor, input)) {
      return {
        code: "L0231",
        message: (layer) => `\`${layer}\` can't weigh ${shapeText(input)} by ${shapeText(factor)}`,
        label: `takes ${shapeText(input)} again, ${shapeText(input.slice(-1))}, or 1 in place of a size`,
        inputLabel: `gives ${shapeText(input)}`,
        helps: weighs(input, factor) ? ["name the larger of the two first in `from`"] : [],
      };
    }
    return { output: input, tensors: [], multiplyAdds: 0, title: "multiply" };
  },
  forward(c, [x, factor = x]) {
    return c.multiply(x, factor);
  },
});

/** Every size of `factor`, counted from the last, is that of `shape` or 1. */
function weighs(factor: Shape, shape: Shape): boolean {
  const missing = shape.length - factor.length;
  return missing >= 0 && factor.every((size, i) => size === 1 || size === shape[i + missing]);
}

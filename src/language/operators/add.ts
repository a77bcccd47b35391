import { operator, shapeText } from "./operator.js";

export const entry = operator({
  name: "add",
  summary: "The sum of two or more tensors of one shape, element by element.",
  source: "He et al. 2016",
  inputs: { from: 2, to: 16 },
  arguments: {},
  infer({ inputs: [input, ...others] }) {
    const odd = others.find((shape) => shapeText(shape) !== shapeText(input));
    if (odd !== undefined) {
      return {
        code: "L0231",
        message: (layer) => `\`${layer}\` adds different shapes: ${shapeText(input)} and ${shapeText(odd)}`,
        label: "must agree in every size",
      };
    }
    return { output: input, tensors: [], multiplyAdds: 0, title: "add" };
  },
  forward(c, [x, ...others]) {
    return others.reduce((sum, other) => c.add(sum, other), x);
  },
});

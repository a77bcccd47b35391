import { axisIndex, axisWord, noSuchAxis } from "./axes.js";
import { operator, shapeText } from "./operator.js";

export const entry = operator({
  name: "concat",
  summary:
    "Several tensors side by side along an axis, in the order of `from`; they agree in every other size.",
  source: "PyTorch cat; Huang et al. 2017",
  inputs: { from: 2, to: 64 },
  arguments: { axis: axisWord("the axis along which they lie side by side", "channels") },
  infer({ inputs: [input, ...others], args }) {
    const axis = axisIndex(args.axis, input);
    if (axis === null) return noSuchAxis(args.axis, input);
    const beside = (shape: readonly number[]) => shape.map((size, i) => (i === axis ? "_" : size)).join();
    const odd = others.find((shape) => beside(shape) !== beside(input));
    if (odd !== undefined) {
      return {
        code: "L0231",
        message: (layer) =>
          `\`${layer}\` can't put ${shapeText(input)} and ${shapeText(odd)} side by side along ${args.axis}`,
        label: `must agree in every size but ${args.axis}`,
        inputLabel: `gives ${shapeText(input)}`,
      };
    }
    const total = others.reduce((sum, shape) => sum + (shape[axis] ?? 0), input[axis] ?? 0);
    return {
      output: input.map((size, i) => (i === axis ? total : size)),
      tensors: [],
      multiplyAdds: 0,
      title: "concat",
    };
  },
  forward(c, inputs, args, { output }) {
    return c.concat(inputs, axisIndex(args.axis, output) ?? 0);
  },
});

import { counts } from "../arguments.js";
import { operator, shapeText } from "./operator.js";

export const entry = operator({
  name: "transpose",
  summary:
    "The axes of a sample in another order: axis i of the output is axis `order[i]` of the input, from 0.",
  source: "NumPy transpose; PyTorch permute",
  inputs: { from: 1, to: 1 },
  movesPlaces: true,
  arguments: { order: counts("each axis of a sample once", { minimum: 0 }) },
  infer({ inputs: [input], args: { order } }) {
    const axes = input.map((_, axis) => axis);
    if ([...order].sort((a, b) => a - b).join() !== axes.join()) {
      return {
        code: "L0246",
        message: (layer) => `the order of \`${layer}\` does not hold each axis of ${shapeText(input)} once`,
        argument: "order",
        label: `the axes are ${axes.join(", ")}`,
        inputLabel: `gives ${shapeText(input)}`,
      };
    }
    return {
      output: order.map((axis) => input[axis] ?? 1),
      tensors: [],
      multiplyAdds: 0,
      title: `transpose ${order.join(" ")}`,
    };
  },
  forward(c, [x], args) {
    return c.transpose(x, args.order);
  },
});

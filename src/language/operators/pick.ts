import { count } from "../arguments.js";
import { axisIndex, axisWord, noSuchAxis } from "./axes.js";
import { operator, shapeText } from "./operator.js";

export const entry = operator({
  name: "pick",
  summary: "One place along an axis, which goes: the class token of a sequence.",
  source: "PyTorch select",
  inputs: { from: 1, to: 1 },
  movesPlaces: true,
  arguments: {
    index: count("the place, from 0", { minimum: 0 }),
    axis: axisWord("the axis that goes", "length"),
  },
  infer({ inputs: [input], args }) {
    const axis = input.length < 2 ? null : axisIndex(args.axis, input);
    if (axis === null) return noSuchAxis(args.axis, input);
    const size = input[axis] ?? 1;
    if (args.index >= size) {
      return {
        code: "L0245",
        message: (layer) => `\`${layer}\` takes place ${args.index} of ${size}`,
        argument: "index",
        label: `places are counted from 0: the last is ${size - 1}`,
        inputLabel: `gives ${shapeText(input)}`,
      };
    }
    return {
      output: input.filter((_, i) => i !== axis),
      tensors: [],
      multiplyAdds: 0,
      title: `pick ${args.index}`,
    };
  },
  forward(c, [x], args, { output }) {
    const input = c.shape(x);
    const axis = axisIndex(args.axis, input);
    const place = c.slice(
      x,
      input.map((_, i) => (i === axis ? args.index : 0)),
      input.map((size, i) => (i === axis ? 1 : size)),
    );
    return c.reshape(place, output);
  },
});

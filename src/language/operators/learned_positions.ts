import { count, optional } from "../arguments.js";
import { axisIndex, axisWord, noSuchAxis } from "./axes.js";
import { operator, shapeText } from "./operator.js";

export const entry = operator({
  name: "learned_positions",
  summary: "Adds a learned row of numbers to each position of an axis.",
  source: "Gehring et al. 2017; Devlin et al. 2019",
  inputs: { from: 1, to: 1 },
  initialisable: true,
  arguments: {
    count: optional(count("positions that have a row, the input's or more"), "the size of the axis"),
    axis: axisWord("along which positions are counted", "length"),
  },
  infer({ inputs: [input], args }) {
    const axis = input.length < 2 ? null : axisIndex(args.axis, input);
    if (axis === null || axis === input.length - 1) return noSuchAxis(args.axis, input);
    const size = input[axis] ?? 1;
    const width = input[input.length - 1] ?? 1;
    const rows = args.count ?? size;
    if (rows < size) {
      return {
        code: "L0230",
        message: (layer) => `\`${layer}\` has ${rows} positions but its input has ${size}`,
        argument: "count",
        label: `needs at least ${size}`,
        inputLabel: `gives ${shapeText(input)}`,
      };
    }
    return {
      output: input,
      tensors: [
        {
          name: "weight",
          shape: [rows, width],
          trainable: true,
          init: { kind: "random", fanIn: width, fanOut: width },
        },
      ],
      multiplyAdds: 0,
      title: `learned_positions ${rows}`,
    };
  },
  forward(c, [x], args, layer) {
    return c.addAlong(x, c.tensor("weight"), axisIndex(args.axis, layer.output) ?? 0);
  },
});

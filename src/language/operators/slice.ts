import { count, optional } from "../arguments.js";
import { axisIndex, axisWord, noSuchAxis } from "./axes.js";
import { operator, shapeText } from "./operator.js";

export const entry = operator({
  name: "slice",
  summary: "A run of neighbouring places along one axis.",
  source: "PyTorch narrow",
  inputs: { from: 1, to: 1 },
  arguments: {
    start: count("the first place, from 0", { minimum: 0, default: 0 }),
    count: optional(count("how many places"), "all that follow"),
    axis: axisWord("the axis that is cut", "length"),
  },
  infer({ inputs: [input], args }) {
    const axis = axisIndex(args.axis, input);
    if (axis === null) return noSuchAxis(args.axis, input);
    const size = input[axis] ?? 1;
    const count = args.count ?? size - args.start;
    if (count < 1 || args.start + count > size) {
      return {
        code: "L0245",
        message: (layer) => `\`${layer}\` reaches beyond the ${size} places of its input`,
        argument: args.count === null ? "start" : "count",
        label:
          args.count === null
            ? `nothing is left from place ${args.start} on`
            : `places ${args.start} to ${args.start + count - 1} of 0 to ${size - 1}`,
        inputLabel: `gives ${shapeText(input)}`,
      };
    }
    return {
      output: input.map((extent, i) => (i === axis ? count : extent)),
      tensors: [],
      multiplyAdds: 0,
      title: `slice ${args.axis}`,
    };
  },
  forward(c, [x], args, { output }) {
    const axis = axisIndex(args.axis, output);
    return c.slice(
      x,
      output.map((_, i) => (i === axis ? args.start : 0)),
      output,
    );
  },
});

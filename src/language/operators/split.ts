import { count } from "../arguments.js";
import { axisIndex, axisWord, noSuchAxis } from "./axes.js";
import { operator, shapeText } from "./operator.js";

export const entry = operator({
  name: "split",
  summary:
    "Equal parts along an axis, as so many streams: a block that names its inputs takes them in order.",
  source: "PyTorch chunk",
  inputs: { from: 1, to: 1 },
  arguments: {
    parts: count("how many streams", { minimum: 2, maximum: 64 }),
    axis: axisWord("the axis that is divided", "channels"),
  },
  infer({ inputs: [input], args }) {
    const axis = axisIndex(args.axis, input);
    if (axis === null) return noSuchAxis(args.axis, input);
    const size = input[axis] ?? 1;
    if (size % args.parts !== 0) {
      return {
        code: "L0247",
        message: (layer) => `\`${layer}\` divides ${size} places among ${args.parts} equal parts`,
        argument: "parts",
        label: `${size} is no multiple of ${args.parts}`,
        inputLabel: `gives ${shapeText(input)}`,
        helps: ["`slice` takes a part of any size"],
      };
    }
    const part = input.map((extent, i) => (i === axis ? size / args.parts : extent));
    return {
      output: part,
      outputs: Array.from({ length: args.parts }, () => part),
      tensors: [],
      multiplyAdds: 0,
      title: `split ${args.parts}`,
    };
  },
  forward(c, [x], args, { output }) {
    const axis = axisIndex(args.axis, output) ?? 0;
    const width = output[axis] ?? 1;
    return Array.from({ length: args.parts }, (_, part) =>
      c.slice(
        x,
        output.map((_, i) => (i === axis ? part * width : 0)),
        output,
      ),
    );
  },
});

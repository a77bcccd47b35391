import { marginArguments, marginsOf } from "./margins.js";
import { operator, shapeText } from "./operator.js";

export const entry = operator({
  name: "crop",
  summary: "Takes places off both ends of height and width (of the length, in a sequence), or of one axis.",
  source: "Keras Cropping2D",
  inputs: { from: 1, to: 1 },
  arguments: marginArguments("taken off"),
  infer({ inputs: [input], args }) {
    const margins = marginsOf(input, args);
    if ("code" in margins) return margins;
    const output = input.map((size, axis) => size - (margins[axis]?.[0] ?? 0) - (margins[axis]?.[1] ?? 0));
    if (Math.min(...output) < 1) {
      return {
        code: "L0245",
        message: (layer) => `\`${layer}\` takes off more than there is`,
        argument: "before",
        label: `${args.before} and ${args.after} places`,
        inputLabel: `gives ${shapeText(input)}`,
      };
    }
    return { output, tensors: [], multiplyAdds: 0, title: `crop ${args.before} ${args.after}` };
  },
  forward(c, [x], args, layer) {
    const margins = marginsOf(c.shape(x), args);
    if ("code" in margins) return x;
    return c.slice(
      x,
      margins.map(([before]) => before),
      layer.output,
    );
  },
});

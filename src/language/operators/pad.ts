import { number } from "../arguments.js";
import { marginArguments, marginsOf } from "./margins.js";
import { operator } from "./operator.js";

export const entry = operator({
  name: "pad",
  summary: "Adds places at both ends of height and width (of the length, in a sequence), or of one axis.",
  source: "PyTorch pad (constant)",
  inputs: { from: 1, to: 1 },
  arguments: {
    ...marginArguments("added"),
    value: number("what the new places hold", { default: 0 }),
  },
  infer({ inputs: [input], args }) {
    const margins = marginsOf(input, args);
    if ("code" in margins) return margins;
    return {
      output: input.map((size, axis) => size + (margins[axis]?.[0] ?? 0) + (margins[axis]?.[1] ?? 0)),
      tensors: [],
      multiplyAdds: 0,
      title: `pad ${args.before} ${args.after}`,
    };
  },
  forward(c, [x], args) {
    const margins = marginsOf(c.shape(x), args);
    return "code" in margins ? x : c.pad(x, margins, args.value);
  },
});

import { boolean, count } from "../arguments.js";
import { elements, operator } from "./operator.js";

export const entry = operator({
  name: "dense",
  summary: "A fully connected layer over the last axis: x · weight + bias.",
  source: "PyTorch Linear",
  inputs: { from: 1, to: 1 },
  initialisable: true,
  arguments: {
    units: count("size of the last axis of the output"),
    bias: boolean("adds a learned number to each output", { default: true }),
  },
  infer({ inputs: [input], args }) {
    const features = input[input.length - 1] ?? 1;
    const output = [...input.slice(0, -1), args.units];
    return {
      output,
      tensors: [
        {
          name: "weight",
          shape: [features, args.units],
          trainable: true,
          init: { kind: "random", fanIn: features, fanOut: args.units },
        },
        ...(args.bias
          ? [
              {
                name: "bias",
                shape: [args.units],
                trainable: true,
                init: { kind: "constant" as const, value: 0 },
              },
            ]
          : []),
      ],
      multiplyAdds: elements(output) * features,
      title: "dense",
    };
  },
  forward(c, [x], args) {
    return c.linear(x, c.tensor("weight"), args.bias ? c.tensor("bias") : null);
  },
});

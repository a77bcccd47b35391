import { number } from "../arguments.js";
import { operator } from "./operator.js";
import { perChannel } from "./scaling.js";

export const entry = operator({
  name: "batch_norm",
  summary: "Normalises every channel over the batch, then scales and shifts it by learned numbers.",
  source: "Ioffe and Szegedy 2015; PyTorch BatchNorm2d",
  inputs: { from: 1, to: 1 },
  arguments: {
    eps: number("added to the variance", { default: 1e-5, minimum: 0, maximum: 0.1 }),
    momentum: number("share of the old mean that running statistics keep at each step", {
      default: 0.9,
      minimum: 0,
      maximum: 1,
    }),
  },
  infer({ inputs: [input] }) {
    const channels = input[input.length - 1] ?? 1;
    return {
      output: input,
      tensors: [
        perChannel("weight", channels, 1),
        perChannel("bias", channels, 0),
        perChannel("mean", channels, 0, false),
        perChannel("variance", channels, 1, false),
      ],
      multiplyAdds: 0,
      title: "batch_norm",
    };
  },
  forward(c, [x], args) {
    return c.batchNorm(x, args);
  },
});

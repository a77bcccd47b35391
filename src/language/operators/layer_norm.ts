import { number } from "../arguments.js";
import { operator } from "./operator.js";
import { perChannel } from "./scaling.js";

export const entry = operator({
  name: "layer_norm",
  summary:
    "Brings the channels of each place to mean 0 and variance 1, then scales and shifts each by learned numbers.",
  source: "Ba, Kiros and Hinton 2016; PyTorch LayerNorm over the last axis",
  inputs: { from: 1, to: 1 },
  arguments: { eps: number("added to the variance", { default: 1e-5, minimum: 0, maximum: 0.1 }) },
  infer({ inputs: [input] }) {
    const channels = input[input.length - 1] ?? 1;
    return {
      output: input,
      tensors: [perChannel("weight", channels, 1), perChannel("bias", channels, 0)],
      multiplyAdds: 0,
      title: "layer_norm",
    };
  },
  forward(c, [x], args) {
    return c.layerNorm(x, c.tensor("weight"), c.tensor("bias"), args.eps);
  },
});

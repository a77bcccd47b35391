import { number } from "../arguments.js";
import { operator } from "./operator.js";

export const entry = operator({
  name: "batch_norm",
  summary: "Normalises every channel over the batch, then scales and shifts it by learned numbers.",
  source: "Ioffe and Szegedy 2015; PyTorch BatchNorm2d",
  inputs: { from: 1, to: 1 },
  arguments: {
    eps: number("added to the variance", { default: 1e-5, minimum: 0 }),
    momentum: number("share of the old mean that running statistics keep at each step", {
      default: 0.9,
      minimum: 0,
      maximum: 1,
    }),
  },
  infer({ inputs: [input] }) {
    const channels = input[input.length - 1] ?? 1;
    const shape = [channels];
    const tensor = (name: string, value: number, trainable: boolean) => ({
      name,
      shape,
      trainable,
      init: { kind: "constant" as const, value },
    });
    return {
      output: input,
      tensors: [
        tensor("weight", 1, true),
        tensor("bias", 0, true),
        tensor("mean", 0, false),
        tensor("variance", 1, false),
      ],
      multiplyAdds: 0,
      title: "batch_norm",
    };
  },
  forward(c, [x], args) {
    return c.batchNorm(x, args);
  },
});

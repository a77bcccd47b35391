import { count, number } from "../arguments.js";
import { operator, shapeText } from "./operator.js";
import { perChannel } from "./scaling.js";

export const entry = operator({
  name: "group_norm",
  summary:
    "Brings each sample's channels, in `groups`, to mean 0 and variance 1 over all places, then scales and shifts each channel by learned numbers.",
  source: "Wu and He 2018; PyTorch GroupNorm",
  inputs: { from: 1, to: 1 },
  arguments: {
    groups: count("parts of the channels: 1 is layer norm over the sample, one a channel is instance norm"),
    eps: number("added to the variance", { default: 1e-5, minimum: 0, maximum: 0.1 }),
  },
  infer({ inputs: [input], args }) {
    const channels = input[input.length - 1] ?? 1;
    if (channels % args.groups !== 0) {
      return {
        code: "L0230",
        message: (layer) => `\`${layer}\` divides ${channels} channels into ${args.groups} groups`,
        argument: "groups",
        label: `${channels} is no multiple of ${args.groups}`,
        inputLabel: `gives ${shapeText(input)}`,
      };
    }
    return {
      output: input,
      tensors: [perChannel("weight", channels, 1), perChannel("bias", channels, 0)],
      multiplyAdds: 0,
      title: `group_norm ${args.groups}`,
    };
  },
  forward(c, [x], args) {
    return c.groupNorm(x, c.tensor("weight"), c.tensor("bias"), args);
  },
});

import { number } from "../arguments.js";
import { operator } from "./operator.js";
import { perChannel } from "./scaling.js";

export const entry = operator({
  name: "rms_norm",
  summary:
    "Divides the channels of each place by their root mean square, then scales each by a learned number.",
  source: "Zhang and Sennrich 2019; PyTorch RMSNorm over the last axis",
  inputs: { from: 1, to: 1 },
  arguments: { eps: number("added to the mean square", { default: 1e-6, minimum: 0, maximum: 0.1 }) },
  infer({ inputs: [input] }) {
    return {
      output: input,
      tensors: [perChannel("weight", input[input.length - 1] ?? 1, 1)],
      multiplyAdds: 0,
      title: "rms_norm",
    };
  },
  forward(c, [x], args) {
    return c.rmsNorm(x, c.tensor("weight"), args.eps);
  },
});

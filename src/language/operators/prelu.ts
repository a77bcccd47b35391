import { boolean, number } from "../arguments.js";
import { operator } from "./operator.js";
import { perChannel } from "./scaling.js";

export const entry = operator({
  name: "prelu",
  summary: "x or, below 0, a learned slope times x; a slope for each channel.",
  source: "He et al. 2015; PyTorch PReLU",
  inputs: { from: 1, to: 1 },
  arguments: {
    shared: boolean("one slope for all channels", { default: false }),
    start: number("the slopes before training", { default: 0.25 }),
  },
  infer({ inputs: [input], args }) {
    const slopes = args.shared ? 1 : (input[input.length - 1] ?? 1);
    return {
      output: input,
      tensors: [perChannel("weight", slopes, args.start)],
      multiplyAdds: 0,
      title: "prelu",
    };
  },
  forward(c, [x]) {
    return c.prelu(x, c.tensor("weight"));
  },
});

import { number } from "../arguments.js";
import { operator } from "./operator.js";

export const entry = operator({
  name: "drop_path",
  summary:
    "Stochastic depth: in training sets a whole sample to 0 with probability `rate` and scales the others by 1 / (1 - rate). At the end of a `residual` body it skips the body.",
  source: "Huang et al. 2016; Larsson et al. 2017",
  inputs: { from: 1, to: 1 },
  arguments: {
    rate: number("probability of a zero", { minimum: 0, maximum: 1, openEnd: true }),
  },
  infer({ inputs: [input], args }) {
    return { output: input, tensors: [], multiplyAdds: 0, title: `drop_path ${args.rate}` };
  },
  forward(c, [x], args) {
    return c.dropPath(x, args.rate);
  },
});

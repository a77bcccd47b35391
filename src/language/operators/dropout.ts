import { number } from "../arguments.js";
import { operator } from "./operator.js";

export const entry = operator({
  name: "dropout",
  summary:
    "In training sets each value to 0 with probability `rate` and scales the others by 1 / (1 - rate).",
  source: "Srivastava et al. 2014; PyTorch Dropout",
  inputs: { from: 1, to: 1 },
  arguments: {
    rate: number("probability of a zero", { minimum: 0, maximum: 1, openEnd: true }),
  },
  infer({ inputs: [input], args }) {
    return { output: input, tensors: [], multiplyAdds: 0, title: `dropout ${args.rate}` };
  },
  forward(c, [x], args) {
    return c.dropout(x, args.rate);
  },
});

import { number } from "../arguments.js";
import { operator } from "./operator.js";

export const entry = operator({
  name: "elu",
  summary: "x or, below 0, alpha · (exp(x) - 1), element by element.",
  source: "Clevert et al. 2016; PyTorch ELU",
  inputs: { from: 1, to: 1 },
  arguments: {
    alpha: number("what very negative numbers come to, with a minus sign", { default: 1, minimum: 0 }),
  },
  infer({ inputs: [input], args }) {
    return { output: input, tensors: [], multiplyAdds: 0, title: `elu ${args.alpha}` };
  },
  forward(c, [x], args) {
    return c.activation(x, "elu", args.alpha);
  },
});

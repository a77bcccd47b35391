import { number } from "../arguments.js";
import { operator } from "./operator.js";

export const entry = operator({
  name: "leaky_relu",
  summary: "x or, below 0, slope · x, element by element.",
  source: "Maas et al. 2013; PyTorch LeakyReLU",
  inputs: { from: 1, to: 1 },
  arguments: { slope: number("factor of negative numbers", { default: 0.01, minimum: 0 }) },
  infer({ inputs: [input], args }) {
    return { output: input, tensors: [], multiplyAdds: 0, title: `leaky_relu ${args.slope}` };
  },
  forward(c, [x], args) {
    return c.activation(x, "leaky_relu", args.slope);
  },
});

import { operator } from "./operator.js";

export const entry = operator({
  name: "silu",
  summary: "x · sigmoid(x), element by element; also known as swish.",
  source: "Elfwing et al. 2017; PyTorch SiLU",
  inputs: { from: 1, to: 1 },
  arguments: {},
  infer({ inputs: [input] }) {
    return { output: input, tensors: [], multiplyAdds: 0, title: "silu" };
  },
  forward(c, [x]) {
    return c.activation(x, "silu");
  },
});

import { operator } from "./operator.js";

export const entry = operator({
  name: "hard_swish",
  summary: "x · min(max(x + 3, 0), 6) / 6, element by element.",
  source: "Howard et al. 2019; PyTorch Hardswish",
  inputs: { from: 1, to: 1 },
  arguments: {},
  infer({ inputs: [input] }) {
    return { output: input, tensors: [], multiplyAdds: 0, title: "hard_swish" };
  },
  forward(c, [x]) {
    return c.activation(x, "hard_swish");
  },
});

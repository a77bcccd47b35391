import { operator } from "./operator.js";

export const entry = operator({
  name: "tanh",
  summary: "The hyperbolic tangent, element by element.",
  source: "PyTorch Tanh",
  inputs: { from: 1, to: 1 },
  arguments: {},
  infer({ inputs: [input] }) {
    return { output: input, tensors: [], multiplyAdds: 0, title: "tanh" };
  },
  forward(c, [x]) {
    return c.activation(x, "tanh");
  },
});

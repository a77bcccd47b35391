import { operator } from "./operator.js";

export const entry = operator({
  name: "sigmoid",
  summary: "1 / (1 + exp(-x)), element by element.",
  source: "PyTorch Sigmoid",
  inputs: { from: 1, to: 1 },
  arguments: {},
  infer({ inputs: [input] }) {
    return { output: input, tensors: [], multiplyAdds: 0, title: "sigmoid" };
  },
  forward(c, [x]) {
    return c.activation(x, "sigmoid");
  },
});

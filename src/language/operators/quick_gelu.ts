import { operator } from "./operator.js";

export const entry = operator({
  name: "quick_gelu",
  summary: "x · sigmoid(1.702 x), element by element: a fast stand-in for `gelu`.",
  source: "Hendrycks and Gimpel 2016; Radford et al. 2021",
  inputs: { from: 1, to: 1 },
  arguments: {},
  infer({ inputs: [input] }) {
    return { output: input, tensors: [], multiplyAdds: 0, title: "quick_gelu" };
  },
  forward(c, [x]) {
    return c.activation(x, "quick_gelu");
  },
});

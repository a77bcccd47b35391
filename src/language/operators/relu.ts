import { operator } from "./operator.js";

export const entry = operator({
  name: "relu",
  summary: "max(x, 0), element by element.",
  source: "Nair and Hinton 2010",
  inputs: { from: 1, to: 1 },
  arguments: {},
  infer({ inputs: [input] }) {
    return { output: input, tensors: [], multiplyAdds: 0, title: "relu" };
  },
  forward(c, [x]) {
    return c.relu(x);
  },
});

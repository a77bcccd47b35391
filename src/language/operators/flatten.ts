import { elements, operator } from "./operator.js";

export const entry = operator({
  name: "flatten",
  summary: "Lays all values of a sample in one row (height, then width, then channels).",
  source: "PyTorch Flatten, on channels-last data",
  inputs: { from: 1, to: 1 },
  arguments: {},
  infer({ inputs: [input] }) {
    return { output: [elements(input)], tensors: [], multiplyAdds: 0, title: "flatten" };
  },
  forward(c, [x], _args, layer) {
    return c.reshape(x, layer.output);
  },
});

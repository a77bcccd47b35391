import { needsImage, operator } from "./operator.js";

export const entry = operator({
  name: "global_max_pool",
  summary: "The largest value of each channel over height and width.",
  source: "PyTorch AdaptiveMaxPool2d(1)",
  inputs: { from: 1, to: 1 },
  arguments: {},
  infer({ inputs: [input] }) {
    if (input.length !== 3) return needsImage("global_max_pool", input);
    return { output: [input[2] as number], tensors: [], multiplyAdds: 0, title: "global_max_pool" };
  },
  forward(c, [x]) {
    return c.globalMaxPool2d(x);
  },
});

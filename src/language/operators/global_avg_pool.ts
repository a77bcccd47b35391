import { needsImage, operator } from "./operator.js";

export const entry = operator({
  name: "global_avg_pool",
  summary: "The mean of each channel over height and width.",
  source: "Lin, Chen and Yan 2013; PyTorch AdaptiveAvgPool2d(1)",
  inputs: { from: 1, to: 1 },
  arguments: {},
  infer({ inputs: [input] }) {
    if (input.length !== 3) return needsImage("global_avg_pool", input);
    return { output: [input[2] as number], tensors: [], multiplyAdds: 0, title: "global_avg_pool" };
  },
  forward(c, [x]) {
    return c.globalAvgPool2d(x);
  },
});

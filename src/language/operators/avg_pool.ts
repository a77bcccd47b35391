import { operator } from "./operator.js";
import { inferPool, windowArguments } from "./pooling.js";

export const entry = operator({
  name: "avg_pool",
  summary: "The mean of every `size` x `size` window, channel by channel; padding counts as zeros.",
  source: "PyTorch AvgPool2d (floor mode, count_include_pad)",
  inputs: { from: 1, to: 1 },
  arguments: windowArguments("zeros added on every side"),
  infer({ inputs: [input], args }) {
    return inferPool("avg_pool", input, args);
  },
  forward(c, [x], args) {
    return c.avgPool2d(x, args);
  },
});

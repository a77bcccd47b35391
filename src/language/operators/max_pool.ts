import { operator } from "./operator.js";
import { inferPool, windowArguments } from "./pooling.js";

export const entry = operator({
  name: "max_pool",
  summary: "The largest value of every `size` x `size` window, channel by channel.",
  source: "PyTorch MaxPool2d (floor mode)",
  inputs: { from: 1, to: 1 },
  arguments: windowArguments("positions of minus infinity added on every side"),
  infer({ inputs: [input], args }) {
    return inferPool("max_pool", input, args);
  },
  forward(c, [x], args) {
    return c.maxPool2d(x, args);
  },
});

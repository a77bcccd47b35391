import { number } from "../arguments.js";
import { epsilon, rate, weightDecay } from "./arguments.js";

export const entry = {
  name: "adagrad",
  summary: "Divides the gradient by the root of the sum of all its squares; weight decay is coupled.",
  source: "Duchi, Hazan and Singer 2011; PyTorch Adagrad",
  arguments: {
    rate,
    eps: epsilon("added to the root of the sum", 1e-10),
    initial: number("what the sums of squares start at", { default: 0, minimum: 0 }),
    weight_decay: weightDecay,
  },
};

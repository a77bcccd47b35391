import { betas, epsilon, rate, weightDecay } from "./arguments.js";

export const entry = {
  name: "adam",
  summary: "Adaptive moments; weight decay is coupled (L2).",
  source: "Kingma and Ba 2015, Alg. 1; PyTorch Adam",
  arguments: {
    rate,
    betas,
    eps: epsilon("added to the root of the second moment"),
    weight_decay: weightDecay,
  },
};

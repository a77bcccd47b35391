import { betas, epsilon, rate, weightDecay } from "./arguments.js";

export const entry = {
  name: "adamax",
  summary:
    "Adam with the largest gradient seen (decaying) in place of the second moment; weight decay is coupled.",
  source: "Kingma and Ba 2015, Alg. 2; PyTorch Adamax",
  arguments: { rate, betas, eps: epsilon("added to the size of the gradient"), weight_decay: weightDecay },
};

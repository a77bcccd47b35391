import { number } from "../arguments.js";
import { betas, epsilon, rate } from "./arguments.js";

export const entry = {
  name: "lamb",
  summary: "Adam's direction with decoupled decay, scaled in each tensor to the length of its weights.",
  source: "You et al. 2020, arXiv 1904.00962v5, Alg. 2, with the norm itself as its scaling function",
  arguments: {
    rate,
    betas,
    eps: epsilon("added to the root of the second moment", 1e-6),
    weight_decay: number("share of the weights that is added to Adam's direction", {
      default: 0,
      minimum: 0,
    }),
  },
};

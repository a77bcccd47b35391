import { number } from "../arguments.js";
import { betas, epsilon, rate } from "./arguments.js";

export const entry = {
  name: "adamw",
  summary:
    "Adam with decoupled decay: weights shrink by their level's rate times the decay, whatever the gradient.",
  source: "Loshchilov and Hutter 2019; PyTorch AdamW",
  arguments: {
    rate,
    betas,
    eps: epsilon("added to the root of the second moment"),
    weight_decay: number("share, times the rate, by which weights shrink at each step", {
      default: 0,
      minimum: 0,
    }),
  },
};

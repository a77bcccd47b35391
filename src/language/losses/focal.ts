import { number, numbers, optional } from "../arguments.js";
import type { LossEntry } from "./loss.js";

export const entry: LossEntry = {
  name: "focal",
  summary: "Cross-entropy that counts a sample the less, the surer its class is: -(1 - p)^gamma * log(p).",
  source: "Lin et al. 2017, over the softmax of all classes",
  target: "class",
  activation: "softmax",
  arguments: {
    gamma: number("how strongly sure samples are played down; 0 is cross-entropy", {
      default: 2,
      minimum: 0,
    }),
    alpha: optional(numbers("a factor for each class", { minimum: 0 }), "all 1"),
  },
};

import { number, numbers, optional } from "../arguments.js";
import type { LossEntry } from "./loss.js";

export const entry: LossEntry = {
  name: "cross_entropy",
  summary: "Softmax of the last layer against the class, in nats; the mean over the batch.",
  source: "PyTorch CrossEntropyLoss; smoothing: Szegedy et al. 2016",
  target: "class",
  activation: "softmax",
  arguments: {
    smoothing: number("share of the target that is spread over all classes", {
      default: 0,
      minimum: 0,
      maximum: 1,
      openEnd: true,
    }),
    weights: optional(
      numbers("a weight for each class; the mean is then a weighted one", { minimum: 0 }),
      "all equal",
    ),
  },
};

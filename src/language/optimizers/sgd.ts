import { boolean, number } from "../arguments.js";
import { rate, weightDecay } from "./arguments.js";

export const entry = {
  name: "sgd",
  summary: "Stochastic gradient descent with momentum; weight decay is coupled, dampening 0.",
  source: "PyTorch SGD; Sutskever et al. 2013",
  arguments: {
    rate,
    momentum: number("share of the last update that is kept", {
      default: 0,
      minimum: 0,
      maximum: 1,
      openEnd: true,
    }),
    nesterov: boolean("looks ahead along the momentum", { default: false }),
    weight_decay: weightDecay,
  },
};

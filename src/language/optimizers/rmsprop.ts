import { boolean, number } from "../arguments.js";
import { epsilon, rate, weightDecay } from "./arguments.js";

const share = (doc: string, fallback: number) =>
  number(doc, { default: fallback, minimum: 0, maximum: 1, openEnd: true });

export const entry = {
  name: "rmsprop",
  summary: "Divides the gradient by the root of its running mean square; weight decay is coupled.",
  source: "Hinton, Srivastava and Swersky 2012, lecture 6e; PyTorch RMSprop",
  arguments: {
    rate,
    alpha: share("share of the old mean square that is kept", 0.99),
    eps: epsilon("added to the root of the mean square"),
    momentum: share("share of the last update that is kept", 0),
    centered: boolean("subtracts the square of the mean: divides by the standard deviation", {
      default: false,
    }),
    weight_decay: weightDecay,
  },
};

import { number, numbers } from "../arguments.js";

/** Arguments that several update rules have. */

export const rate = number("the common rate, that every level reaches", { minimum: 0 });

export const weightDecay = number("L2 penalty: added to the gradient as decay * weight", {
  default: 0,
  minimum: 0,
});

/** Of rules that keep two moments. */
export const betas = numbers("shares of the old moments that are kept", {
  default: [0.9, 0.999],
  minimum: 0,
  maximum: 1,
  openEnd: true,
});

/** Where no two rules agree on a value, the default is PyTorch's. */
export function epsilon(doc: string, fallback = 1e-8) {
  return number(doc, { default: fallback, minimum: 0 });
}

import { number, time } from "../../language/arguments.js";
import { inSteps } from "../clock.js";
import { schedule } from "./schedule.js";

/** η(0) · factor^((t − k) / every), not below `floor`. */
export const entry = schedule({
  name: "exponential",
  summary:
    "The rate shrinks by `factor` each epoch (or other time), evenly, from the end of the curriculum on.",
  source: "PyTorch ExponentialLR",
  arguments: {
    factor: number("what is left of it after that time", { minimum: 1e-12, maximum: 1, openEnd: true }),
    every: time("the time in which it shrinks by the factor", {
      default: { unit: "epochs", value: 1 },
      defaultText: "1 epoch",
    }),
    floor: number("the rate it never falls below", { default: 0, minimum: 0 }),
  },
  rate({ factor, every, floor }, { common, from, t, clock }) {
    const shrunk = common * factor ** ((t - from) / inSteps(every, clock));
    return Math.min(common, Math.max(shrunk, floor));
  },
});

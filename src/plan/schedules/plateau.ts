import { metric, number, time } from "../../language/arguments.js";
import { schedule } from "./schedule.js";

/**
 * What the plan can know of it: the rate after so many drops. When they come is decided by the trainer, from what it
 * measures after the curriculum.
 */
export const entry = schedule({
  name: "plateau",
  summary:
    "The rate drops by `factor` whenever a metric has not become better for as long as `patience`, counted from the end of the curriculum on.",
  source: "PyTorch ReduceLROnPlateau",
  watches: true,
  arguments: {
    metric: metric("what is watched, such as `val.loss`"),
    factor: number("what is left of the rate after each drop", {
      default: 0.1,
      minimum: 0,
      maximum: 1,
      openEnd: true,
    }),
    patience: time("how long it may stay as it is", {
      default: { unit: "epochs", value: 10 },
      defaultText: "10 epochs",
    }),
    threshold: number("how much better it must become, as a share of the best value", {
      default: 1e-4,
      minimum: 0,
      maximum: 1,
    }),
    floor: number("the rate it never falls below", { default: 0, minimum: 0 }),
  },
  rate: ({ factor, floor }, { common, drops }) => Math.min(common, Math.max(common * factor ** drops, floor)),
});

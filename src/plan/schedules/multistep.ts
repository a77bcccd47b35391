import { number, times } from "../../language/arguments.js";
import { inSteps } from "../clock.js";
import { schedule } from "./schedule.js";

/** Instants are those of the run, not of what is left of it after the curriculum. */
export const entry = schedule({
  name: "multistep",
  summary: "The rate drops by `factor` at each of a few instants of the run.",
  source: "PyTorch MultiStepLR",
  arguments: {
    at: times("the instants, elapsed from the start of the run: `[30, 60, 90] epochs`"),
    factor: number("what is left of the rate after each", {
      default: 0.1,
      minimum: 0,
      maximum: 1,
      openEnd: true,
    }),
    floor: number("the rate it never falls below", { default: 0, minimum: 0 }),
  },
  rate({ at, factor, floor }, { common, t, clock }) {
    const drops = at.filter((instant) => inSteps(instant, clock) <= t * (1 + 1e-12)).length;
    return Math.min(common, Math.max(common * factor ** drops, floor));
  },
  marks: ({ at }, { clock }) => at.map((instant) => inSteps(instant, clock)),
});

import { time } from "../../../language/arguments.js";
import { curriculum, setting } from "../curriculum.js";
import { shortRate } from "../spacing.js";
import { conventionalRate } from "./rule.js";

export const entry = curriculum({
  name: "conventional",
  summary: "One rate for all levels.",
  card: {
    what: `
      One rate for all levels from the first step on: the optimizer's, moved by the schedule. What other curricula are
      compared with.`,
    source: `
      Plain training; in the paper (Croitoru et al., IJCV 2024, arXiv 2205.09180) the "conventional regime".`,
    evidence: `
      The baseline of every table; see the cards of the others.`,
    nothing: `
      It never does anything of its own: with \`schedule constant\` every step has the same rate.`,
  },
  settings: {
    every: setting(
      time("when the rates of the schedule are computed anew", {
        default: { unit: "epochs", value: 1 },
        defaultText: "epoch",
      }),
      { takes: "a time", example: "every  epoch" },
    ),
  },
  rates: {
    starts: (_, common, n) => new Array<number>(n).fill(common),
    store: () => ({}),
    isStored: ({ until }) => until === undefined,
    ramp: (rule) => conventionalRate(rule.common),
    describe: (rule) => `${shortRate(rule.common)} for every level`,
    idle: () => null,
  },
  modifier: null,
});

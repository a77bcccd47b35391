import { time, word } from "../../../language/arguments.js";
import { curriculum, setting } from "../curriculum.js";
import { type Spacing, shortRate, spacingText, spread } from "../spacing.js";
import { layerwiseRate } from "./rule.js";

export const entry = curriculum({
  name: "layerwise",
  summary:
    "Each level keeps its ratio to the optimizer's rate for the whole run: layer decay, discriminative rates.",
  source: "Howard and Ruder 2018; Clark et al. 2020",
  card: {
    what: `
      Every level keeps its ratio to the optimizer's rate for the whole run; the schedule moves all of them together.
      \`rates decay(0.75)\` gives the last level the optimizer's rate and each one before it 0.75 of the next.`,
    source: `
      Howard and Ruder 2018 (ULMFiT, section 3.1: discriminative fine-tuning); Clark et al. 2020 (ELECTRA: layer-wise decay).`,
    evidence: `
      Made for fine-tuning, where layers near the input are right already. It has no numbers in the paper on LeRaC.`,
    nothing: `
      Where all ratios are 1 (refused: L0411). For a net that starts from random numbers low rates near the input keep
      layers untrained that need it most.`,
  },
  settings: {
    rates: {
      type: "rates",
      decay: true,
      doc: "of each level at the start; `decay(0.75)`: the last level has the optimizer's rate, each one before it 0.75 of the next",
      takes: "`decay(FACTOR)`, a span, or a list",
      example: "rates  decay(0.75)",
      required: true,
    },
    spacing: setting(
      word("how rates lie between the two ends of a span", ["log", "linear"], { default: "log" }),
      { takes: "`log` or `linear`", example: "spacing  log" },
    ),
    every: setting(
      time("when the rates of the schedule are computed anew", {
        default: { unit: "epochs", value: 1 },
        defaultText: "epoch",
      }),
      { takes: "a time", example: "every  epoch" },
    ),
  },
  rates: {
    starts: ({ rates, spacing }, common, n) => spread(rates, spacing as Spacing, common, n),
    store: ({ rates, spacing }) =>
      rates.kind === "decay"
        ? { spacing: "decay", factor: rates.factor }
        : { spacing: rates.kind === "ends" ? spacing : "listed" },
    isStored: ({ until, spacing }) => until === undefined && typeof spacing === "string",
    // There is no k: the schedule is in force from the start.
    ramp: (_, start) => start,
    follow: (rule, start, common) => layerwiseRate(start, rule.common, common),
    describe(rule, starts) {
      const ends = [starts[0], starts[starts.length - 1]]
        .map((rate) => shortRate(Number((rate ?? 0).toPrecision(4))))
        .join(" -> ");
      const how = rule.spacing === "decay" ? `each ${rule.factor} of the next` : spacingText(rule.spacing);
      return `${ends}, ${how}, kept for the whole run`;
    },
    idle: (_, starts, common) =>
      starts.every((start) => start === common) ? `all levels have the rate ${shortRate(common)}` : null,
  },
  modifier: null,
});

import { number, optional, time, word } from "../../../language/arguments.js";
import { timeText } from "../../time-text.js";
import type { RateRule, Time } from "../../types.js";
import { curriculum, type RampMoment, setting } from "../curriculum.js";
import { type Spacing, shortRate, spacingText, spread } from "../spacing.js";
import { exponential, linear, logarithmic, stepwise, ticksToCommon } from "./rule.js";

const growths: readonly string[] = ["exponential", "linear", "logarithmic", "stepwise"];

export const entry = curriculum({
  name: "lerac",
  summary: "A rate a level, high near the input and low near the output, all growing to one by time k.",
  source: "Croitoru et al. 2024, arXiv 2205.09180",
  settings: {
    rates: {
      type: "rates",
      doc: "the rates of the first and the last level at the start, or one a level",
      takes: "a span `first -> last`, or a list with one a level",
      example: "rates  0.1 -> 1e-6",
      required: true,
    },
    until: setting(
      optional(time("k: from here on every level has the optimizer's rate"), "required, but for `stepwise`"),
      { takes: "a time", example: "until  5 epochs" },
    ),
    spacing: setting(
      word(
        "how first rates lie between the two ends: evenly in the logarithm, or in the rate",
        ["log", "linear"],
        {
          default: "log",
        },
      ),
      { takes: "`log` or `linear`", example: "spacing  log" },
    ),
    growth: {
      type: "choice",
      doc: "how a rate grows to the common one: `exponential` is the paper's rule, `linear` and `logarithmic` its ablations, `stepwise(10)` the official code's",
      takes: "`exponential`, `linear`, `logarithmic` or `stepwise(FACTOR)`",
      example: "growth  exponential",
      choices: {
        exponential: null,
        linear: null,
        logarithmic: null,
        stepwise: number("what the rate is multiplied by at each tick", { minimum: 1.001, maximum: 1e9 }),
      },
      default: { word: "exponential", number: null },
      defaultText: "exponential",
    },
    every: setting(
      time("when rates are computed anew; `until` is always such a moment", {
        default: { unit: "epochs", value: 1 },
        defaultText: "epoch",
      }),
      { takes: "a time", example: "every  epoch" },
    ),
    base: setting(
      number("the base c of the paper's formula; it cancels: every base gives the same rates", {
        default: 10,
        minimum: 1.001,
      }),
      { takes: "a number above 1", example: "base  10" },
    ),
  },
  rates: {
    starts: ({ rates, spacing }, common, n) => spread(rates, spacing as Spacing, common, n),
    store({ rates, spacing, growth, until }, { starts, common, every }) {
      return {
        until: until ?? lengthOf(starts, common, growth.number ?? 10, every),
        growth: growth.word,
        ...(growth.number === null ? {} : { factor: growth.number }),
        spacing: rates.kind === "ends" ? spacing : "listed",
      };
    },
    isStored: ({ until, growth, factor }) =>
      until !== undefined &&
      growths.includes(growth as string) &&
      (growth === "stepwise" ? typeof factor === "number" && factor > 1 : factor === undefined),
    ramp,
    countsTicks: (rule) => rule.growth === "stepwise",
    countsEpochs: (rule) => rule.growth === "logarithmic",
    describe(rule, starts) {
      const ends = `${shortRate(starts[0] ?? 0)} -> ${shortRate(starts[starts.length - 1] ?? 0)}`;
      const growth =
        rule.growth === "exponential"
          ? ""
          : `${rule.growth}${typeof rule.factor === "number" ? ` x${rule.factor}` : ""} growth, `;
      const k = rule.until === undefined ? "none" : timeText(rule.until);
      return `${ends}, ${spacingText(rule.spacing)}, ${growth}k = ${k}`;
    },
    idle: (_, starts, common) =>
      starts.every((start) => start === common) ? `all levels start at ${shortRate(common)}` : null,
    missing: ({ until, growth }) => (until === null && growth.word !== "stepwise" ? "until" : null),
    falls: true,
  },
  modifier: null,
});

function ramp(rule: RateRule, start: number, { t, k, tick, epoch }: RampMoment): number {
  const { common } = rule;
  switch (rule.growth) {
    case "linear":
      return linear(start, common, t, k);
    case "logarithmic":
      return logarithmic(start, common, t / epoch, k / epoch);
    case "stepwise":
      return stepwise(start, common, rule.factor as number, Math.round(tick > 0 ? t / tick : t));
    default:
      return exponential(start, common, t, k);
  }
}

/** The k that follows from the stepwise rule: when the lowest level has arrived. */
function lengthOf(starts: readonly number[], common: number, factor: number, every: Time): Time {
  const ticks = Math.max(1, ...starts.map((start) => ticksToCommon(start, common, factor)));
  return { unit: every.unit, value: ticks * every.value };
}

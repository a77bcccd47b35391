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
  card: {
    what: `
      Level j starts at its own rate η_j(0), the lower the nearer to the output, and reaches the common rate η(0) at time k:
      η_j(t) = η_j(0) · c^((t/k) · (log_c η(0) − log_c η_j(0))). The base c cancels: a geometric interpolation. From k on
      training is conventional. Early steps are thus left to the layers near the input, before noise from untrained layers
      above them can do harm. It costs nothing at a step.

      \`growth linear\` and \`logarithmic\` are the paper's ablations (the formula of the latter is not public; ours is
      ln(1 + t) / ln(1 + k), t and k in epochs). \`growth stepwise(10)\` is what the official code does: each level is
      multiplied by ten at each tick until it has the common rate, so that levels arrive one after another, not together.`,
    source: `
      Croitoru, Ristea, Ionescu, Sebe: Learning Rate Curriculum, IJCV 2024, doi 10.1007/s11263-024-02186-5, arXiv 2205.09180;
      rule: Eq. 8 of its first version. Code: CroitoruAlin/LeRaC.`,
    evidence: `
      First version of the paper, accuracy in percent, mean ± deviation of 5 runs; later versions may differ.

      | model, data | conventional | lerac |
      |---|---|---|
      | ResNet-18, CIFAR-10 | 89.20 ± 0.43 | 89.56 ± 0.16 |
      | ResNet-18, CIFAR-100 | 65.28 ± 0.16 | 66.02 ± 0.17 |
      | Wide-ResNet-50, CIFAR-100 | 68.14 ± 0.16 | 69.38 ± 0.26 |
      | CvT-13, Tiny ImageNet | 33.38 ± 0.27 | 33.95 ± 0.28 |
      | BERT-large, BoolQ | 74.12 ± 0.32 | 75.55 ± 0.66 |
      | SepTr, ESC-50 | 91.13 ± 0.33 | 91.58 ± 0.28 |

      CvT-13 on CIFAR-10: linear growth 72.49 ± 0.27, exponential 72.90 ± 0.28. Best results with k of 2 to 7 epochs and a
      last level five or six orders of magnitude below the first.`,
    nothing: `
      With one level, or rates that are all the common one (refused: L0411). With linear or logarithmic growth even the last
      level is fast after one epoch: a much weaker curriculum. With a k below one tick the rates jump at once.`,
  },
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

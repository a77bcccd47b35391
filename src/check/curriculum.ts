import { suggest } from "../base/suggest.js";
import { error, type Span } from "../diagnostics/index.js";
import { curriculumKinds } from "../language/training.js";
import type { Level, RatePlan, Time } from "../plan/index.js";
import type { CurriculumItem, Setting } from "../syntax/index.js";
import type { Evaluator } from "./evaluate.js";
import type { CheckedModel } from "./model/index.js";
import type { Reporter } from "./reporter.js";
import { onlyValue, readSettings, requireSetting } from "./settings.js";
import { asTime } from "./times.js";
import type { CheckedTrain } from "./train.js";
import type { Located } from "./values.js";

/** A `curriculum` section by itself. */
export interface CheckedCurriculum {
  readonly name: string;
  readonly kind: string;
  readonly span: Span;
  readonly lerac: LeracSettings | null;
}

export interface LeracSettings {
  /** First and last level's rate at the start, or one a level. */
  readonly rates:
    | { readonly ends: readonly [number, number]; readonly span: Span }
    | { readonly list: readonly number[]; readonly span: Span };
  readonly spacing: "log" | "linear";
  readonly until: Time;
  readonly untilSpan: Span;
  readonly every: Time;
}

const leracSettings = ["rates", "until", "spacing", "growth", "every", "base"];

export function checkCurriculum(
  item: CurriculumItem,
  evaluator: Evaluator,
  reporter: Reporter,
): CheckedCurriculum | null {
  const kindName = item.kindName ?? item.name;
  if (!curriculumKinds.has(kindName.text)) {
    const near = suggest(kindName.text, curriculumKinds.keys());
    reporter.report(
      error("L0401", `there is no kind of curriculum called \`${kindName.text}\``, {
        at: { span: kindName.span, text: "not known" },
        notes: [`kinds are ${[...curriculumKinds.keys()].join(", ")}`],
        helps: [
          ...near.slice(0, 1).map((n) => `did you mean \`${n}\`?`),
          ...(item.kindName === null
            ? [`a curriculum with a name of its own says its kind: \`curriculum ${kindName.text}: lerac\``]
            : []),
        ],
      }),
    );
    return null;
  }
  const base = { name: item.name.text, kind: kindName.text, span: item.name.span };
  if (kindName.text !== "lerac") {
    if (item.settings.length > 0) {
      const [first] = item.settings as readonly [Setting, ...Setting[]];
      reporter.report(
        error("L0499", `settings of a \`${kindName.text}\` curriculum are not built yet`, {
          at: { span: first.span, text: "can't be checked" },
          notes: ["this version of lerac knows the settings of `lerac`"],
        }),
      );
      return null;
    }
    return { ...base, lerac: null };
  }
  const lerac = readLerac(item, evaluator, reporter);
  return lerac && { ...base, lerac };
}

function readLerac(item: CurriculumItem, evaluator: Evaluator, reporter: Reporter): LeracSettings | null {
  const table = { title: `curriculum \`${item.name.text}\``, settings: leracSettings };
  const settings = readSettings(item.settings, table, reporter);
  const ratesSetting = requireSetting(
    settings,
    "rates",
    table,
    item.name.span,
    "rates  0.1 -> 1e-6",
    reporter,
  );
  const rates = ratesSetting && readRates(ratesSetting, evaluator, reporter);
  const untilSetting = requireSetting(settings, "until", table, item.name.span, "until  5 epochs", reporter);
  const untilValue = untilSetting && onlyValue(untilSetting, reporter);
  const until = untilValue && readTime(untilValue, "until", evaluator, reporter);
  const everySetting = settings.get("every");
  const everyValue = everySetting && onlyValue(everySetting, reporter);
  const every =
    everySetting === undefined
      ? ({ unit: "epochs", value: 1 } as const)
      : everyValue
        ? readTime(everyValue, "every", evaluator, reporter)
        : null;
  const spacing = readWord(settings.get("spacing"), ["log", "linear"], "log", evaluator, reporter);
  const growth = readWord(settings.get("growth"), ["exponential"], "exponential", evaluator, reporter);
  const baseSetting = settings.get("base");
  const base = baseSetting === undefined ? 10 : readBase(baseSetting, evaluator, reporter);
  if (rates === null || until === null || every === null || spacing === null || growth === null) return null;
  if (base === null || untilValue === null) return null;
  return { rates, until, every, spacing: spacing as "log" | "linear", untilSpan: untilValue.span };
}

function readTime(
  value: Setting["values"][number],
  name: string,
  evaluator: Evaluator,
  reporter: Reporter,
): Time | null {
  const located = evaluator.located(value);
  const time = located && asTime(located, name, reporter);
  if (time === null || time.value > 0) return time;
  reporter.report(
    error("L0413", `\`${name}\` must be later than the start`, {
      at: { span: value.span, text: "is the start, or before it" },
    }),
  );
  return null;
}

function readWord(
  setting: Setting | undefined,
  words: readonly string[],
  otherwise: string,
  evaluator: Evaluator,
  reporter: Reporter,
): string | null {
  if (setting === undefined) return otherwise;
  const value = onlyValue(setting, reporter);
  const word = value && evaluator.evaluate(value);
  if (word?.type === "word" && words.includes(word.text)) return word.text;
  if (value !== null && word !== null) {
    const name = setting.head.text;
    const given = word.type === "word" ? word.text : "";
    const near = suggest(given, words);
    reporter.report(
      error("L0218", `\`${name}\` can't be ${given === "" ? "this" : `\`${given}\``}`, {
        at: { span: value.span, text: "not known" },
        notes: [`this version knows ${words.join(", ")}`],
        helps: near
          .slice(0, 1)
          .map((n) => ({ text: `did you mean \`${n}\`?`, edits: [{ span: value.span, replacement: n }] })),
      }),
    );
  }
  return null;
}

/** The base c of the paper's formula. It cancels: any base above 1 gives the same rates. */
function readBase(setting: Setting, evaluator: Evaluator, reporter: Reporter): number | null {
  const value = onlyValue(setting, reporter);
  const number = value && evaluator.number(value);
  if (value === null || number === null) return null;
  if (number.unit === null && number.value > 0 && number.value !== 1) return number.value;
  reporter.report(
    error("L0211", "`base` must be above 0 and not 1", {
      at: { span: value.span, text: "the base of a logarithm" },
      notes: ["it cancels in the rule: every base gives the same rates"],
    }),
  );
  return null;
}

function readRates(
  setting: Setting,
  evaluator: Evaluator,
  reporter: Reporter,
): LeracSettings["rates"] | null {
  const value = onlyValue(setting, reporter);
  const located = value && evaluator.located(value);
  if (located === null) return null;
  const { span } = located;
  if (located.value.type === "arrow") {
    const from = rate(located.value.from, reporter);
    const to = rate(located.value.to, reporter);
    return from === null || to === null ? null : { ends: [from, to], span };
  }
  if (located.value.type === "list") {
    const list = located.value.items.map((item) => rate(item, reporter));
    return list.includes(null) ? null : { list: list as number[], span };
  }
  reporter.report(
    error("L0210", "`rates` needs two rates, or a list with one a level", {
      at: { span, text: "first level `->` last level, at the start" },
      helps: ["write it as `rates  0.1 -> 1e-6`"],
    }),
  );
  return null;
}

function rate(located: Located, reporter: Reporter): number | null {
  const { value, span } = located;
  if (value.type === "number" && value.unit === null && value.value > 0) return value.value;
  reporter.report(
    error("L0211", "a rate is a number above 0", {
      at: { span, text: value.type === "number" && value.unit === null ? "not above 0" : "no plain number" },
      notes: ["the rule grows rates by factors, and 0 never grows"],
    }),
  );
  return null;
}

/** The rate plan of a model under a curriculum; `null` for the curriculum is conventional training. */
export function planOf(
  curriculum: CheckedCurriculum | null,
  model: CheckedModel,
  train: CheckedTrain,
  reporter: Reporter,
): Omit<RatePlan, "table"> | null {
  const groups = new Map<string, string[]>();
  for (const layer of model.layers) {
    const tensors = layer.tensors.filter((t) => t.trainable).map((t) => `${layer.address}.${t.name}`);
    if (tensors.length > 0) groups.set(layer.group, [...(groups.get(layer.group) ?? []), ...tensors]);
  }
  const common = train.settings.optimizer.rate;
  const { schedule } = train;
  const level = (start: (index: number) => number): Level[] =>
    [...groups].map(([address, tensors], i) => ({ address, tensors, start: start(i) }));
  const lerac = curriculum?.lerac ?? null;
  if (lerac === null) {
    return {
      curriculum: curriculum?.name ?? "conventional",
      levels: level(() => common),
      rule: { kind: "conventional", common },
      schedule,
      every: { unit: "epochs", value: 1 },
    };
  }
  const starts = startRates(lerac, groups.size, reporter);
  if (starts === null || !isSound(lerac, curriculum as CheckedCurriculum, starts, train, reporter))
    return null;
  return {
    curriculum: (curriculum as CheckedCurriculum).name,
    levels: level((i) => starts[i] as number),
    rule: {
      kind: "lerac",
      common,
      until: lerac.until,
      growth: "exponential",
      spacing: "list" in lerac.rates ? "listed" : lerac.spacing,
    },
    schedule,
    every: lerac.every,
  };
}

/** η_j(0) of n levels: between the two ends evenly, in the logarithm or in the rate itself; or as listed. */
function startRates(lerac: LeracSettings, n: number, reporter: Reporter): readonly number[] | null {
  const { rates } = lerac;
  if ("list" in rates) {
    if (rates.list.length === n) return rates.list;
    reporter.report(
      error("L0404", `${rates.list.length} rates for ${n} levels`, {
        at: { span: rates.span, text: "one rate a level" },
        helps: [`list ${n} rates, or give the two ends: \`rates  0.1 -> 1e-6\``],
      }),
    );
    return null;
  }
  const [first, last] = rates.ends;
  return Array.from({ length: n }, (_, j) => {
    // The ends exactly as written: no rounding of powers.
    if (j === 0) return first;
    if (j === n - 1) return last;
    const share = j / (n - 1);
    return lerac.spacing === "log" ? first * (last / first) ** share : first + (last - first) * share;
  });
}

function isSound(
  lerac: LeracSettings,
  curriculum: CheckedCurriculum,
  starts: readonly number[],
  train: CheckedTrain,
  reporter: Reporter,
): boolean {
  const common = train.settings.optimizer.rate;
  if (starts.every((start) => start === common)) {
    reporter.report(
      error("L0411", `curriculum \`${curriculum.name}\` changes nothing: all levels start at ${common}`, {
        at: { span: lerac.rates.span, text: "every level starts at the common rate" },
        secondary: train.rateSpan === null ? [] : [{ span: train.rateSpan, text: "the common rate" }],
        helps: [
          `start the last level lower, such as \`rates ${common} -> ${(common * 1e-5).toExponential().replace("+", "")}\``,
        ],
      }),
    );
    return false;
  }
  const { length } = train.settings;
  const { until } = lerac;
  const comparable = until.unit === length.unit || until.unit === "share";
  const limit = until.unit === "share" ? 1 : length.value;
  if (comparable && until.value > limit) {
    const run = `${length.value} ${length.unit}`;
    reporter.report(
      error("L0414", "the curriculum would end after the run", {
        at: { span: lerac.untilSpan, text: `the run ends at ${run}` },
        secondary: [{ span: train.lengthSpan, text: "the length of the run" }],
        helps: [`end it earlier: the paper's curricula take 2 to 7 epochs`],
      }),
    );
    return false;
  }
  return true;
}

import { error } from "../diagnostics/index.js";
import type { ExperimentItem, Setting } from "../syntax/index.js";
import type { Evaluator } from "./evaluate.js";
import type { Reporter } from "./reporter.js";
import { onlyValue, readSettings } from "./settings.js";

export interface CheckedExperiment {
  readonly name: string;
  readonly seeds: readonly number[];
}

const maximumSeeds = 1000;

/** The `experiment` section; a file without one is called by its own name and has seed 1. */
export function checkExperiment(
  item: ExperimentItem | null,
  fileName: string,
  evaluator: Evaluator,
  reporter: Reporter,
): CheckedExperiment | null {
  if (item === null) return { name: fileName, seeds: [1] };
  const table = { title: "`experiment`", settings: ["seeds", "note"] };
  const settings = readSettings(item.settings, table, reporter);
  const note = settings.get("note");
  if (note !== undefined) {
    const value = onlyValue(note, reporter);
    if (value !== null && value.kind !== "string") {
      reporter.report(
        error("L0210", "`note` needs a string", { at: { span: value.span, text: "not in quotes" } }),
      );
    }
  }
  const seedsSetting = settings.get("seeds");
  const seeds = seedsSetting === undefined ? [1] : readSeeds(seedsSetting, evaluator, reporter);
  return seeds && { name: item.title.value, seeds };
}

function readSeeds(setting: Setting, evaluator: Evaluator, reporter: Reporter): readonly number[] | null {
  const seeds: number[] = [];
  for (const expression of setting.values) {
    const value = evaluator.evaluate(expression);
    if (value === null) return null;
    const numbers =
      value.type === "range"
        ? span(value.from.value, value.to.value)
        : (value.type === "list" ? value.items.map((item) => item.value) : [value]).map((v) =>
            v.type === "number" && v.unit === null ? v.value : Number.NaN,
          );
    if (
      numbers === null ||
      numbers.length === 0 ||
      numbers.some((n) => !Number.isSafeInteger(n) || n < 0 || n >= 2 ** 32)
    ) {
      reporter.report(
        error("L0501", "`seeds` needs whole numbers", {
          at: { span: expression.span, text: "such as `1..5`, or `1, 7, 42`" },
        }),
      );
      return null;
    }
    seeds.push(...numbers);
  }
  const unique = [...new Set(seeds)];
  if (unique.length > 0 && unique.length <= maximumSeeds) return unique;
  reporter.report(
    error("L0501", unique.length === 0 ? "`seeds` names none" : `${seeds.length} seeds; the limit is 1,000`, {
      at: { span: setting.span, text: "such as `1..5`" },
    }),
  );
  return null;
}

function span(from: number, to: number): number[] | null {
  if (!(to >= from) || to - from > 10 * maximumSeeds) return null;
  return Array.from({ length: Math.floor(to - from) + 1 }, (_, i) => from + i);
}

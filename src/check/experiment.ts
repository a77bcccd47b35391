import { error, type Span } from "../diagnostics/index.js";
import type { ExperimentItem } from "../syntax/index.js";
import type { Evaluator } from "./evaluate.js";
import type { Reporter } from "./reporter.js";
import { readSeeds } from "./seeds.js";
import { onlyValue, readSettings } from "./settings.js";

export interface CheckedExperiment {
  /** Null where the file has no such section: then it is called by what it trains, never by the name of the file. */
  readonly name: string | null;
  readonly seeds: readonly number[];
  /** Where the seeds are written; null where the default stands in. */
  readonly seedsSpan: Span | null;
}

/** The `experiment` section; a file without one has seed 1. */
export function checkExperiment(
  item: ExperimentItem | null,
  evaluator: Evaluator,
  reporter: Reporter,
): CheckedExperiment | null {
  if (item === null) return { name: null, seeds: [1], seedsSpan: null };
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
  const seedsSpan = seedsSetting?.values[0]?.span ?? null;
  return seeds && { name: item.title.value, seeds, seedsSpan };
}

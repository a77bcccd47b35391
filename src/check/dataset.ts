import { error, type Span } from "../diagnostics/index.js";
import type { DataSource, FoldsProgram, ScaleProgram } from "../program/types.js";
import type { DatasetItem } from "../syntax/index.js";
import { checkSource } from "./dataset-source.js";
import { type CheckedTarget, checkTarget } from "./dataset-target.js";
import { checkDisjoint } from "./disjoint.js";
import type { Evaluator } from "./evaluate.js";
import { checkFolds, foldParts } from "./folds.js";
import { checkCommonStages } from "./pipeline.js";
import type { Reporter } from "./reporter.js";
import { readScale } from "./scale.js";
import { readSettings, requireSetting, type SectionTable } from "./settings.js";
import { type CheckedSplit, readSplit, type SplitOrigin } from "./splits.js";

export interface CheckedDataset {
  readonly name: string;
  readonly span: Span;
  readonly source: DataSource;
  readonly sourceSpan: Span;
  readonly target: CheckedTarget;
  readonly folds: FoldsProgram | null;
  readonly train: CheckedSplit;
  readonly val: CheckedSplit | null;
  readonly test: CheckedSplit | null;
  readonly scale: ScaleProgram | null;
  readonly scaleSpan: Span | null;
}

const settingNames = [
  "source",
  "target",
  "classes",
  "folds",
  "features",
  "tokens",
  "train",
  "val",
  "test",
  "scale",
];

/** A `dataset` section by itself; how it fits a model is for `fit.ts` to say. */
export function checkDataset(
  item: DatasetItem,
  evaluator: Evaluator,
  reporter: Reporter,
): CheckedDataset | null {
  const table: SectionTable = { title: `dataset \`${item.name.text}\``, settings: settingNames };
  const settings = readSettings(item.settings, table, reporter);
  const require = (name: string, example: string) =>
    requireSetting(settings, name, table, item.name.span, example, reporter);

  const sourceSetting = require("source", 'source  idx("data/fashion-mnist")');
  const source = sourceSetting && checkSource(sourceSetting, evaluator, reporter);
  const target = checkTarget(
    { title: table.title, span: item.name.span },
    settings,
    source,
    evaluator,
    reporter,
  );
  const foldsSetting = settings.get("folds");
  const folds =
    foldsSetting === undefined || source === null
      ? null
      : checkFolds(foldsSetting, source, evaluator, reporter);
  const commonSetting = settings.get("features") ?? settings.get("tokens");
  const common = commonSetting === undefined ? null : checkCommonStages(commonSetting, evaluator, reporter);
  const tokens = settings.get("tokens");
  if (tokens !== undefined && commonSetting !== tokens) {
    reporter.report(
      error("L0216", `${table.title} sets \`features\` and \`tokens\``, {
        at: { span: tokens.head.span, text: "the second way to prepare samples" },
        helps: ["keep one: text has `tokens`, everything else `features`"],
      }),
    );
  }
  // Without them nothing true can be said of what flows through the splits.
  const unknown =
    (commonSetting !== undefined && common === null) || (foldsSetting !== undefined && folds === null);
  const origin: SplitOrigin = {
    source: unknown ? null : source,
    parts: foldsSetting === undefined ? (source?.entry.parts ?? null) : foldParts,
    common: common ?? (commonSetting === undefined ? null : { name: commonSetting.head.text, stages: [] }),
  };
  const split = (name: "train" | "val" | "test") => {
    const setting = settings.get(name);
    return setting === undefined ? null : readSplit(setting, name, origin, evaluator, reporter);
  };
  const trainSetting = require("train", "train  split(train)");
  const train = trainSetting && split("train");
  const val = split("val");
  const test = split("test");
  const scaleSetting = settings.get("scale");
  const scale = scaleSetting === undefined ? null : readScale(scaleSetting, evaluator, reporter);
  const splits = [train, val, test].filter((found) => found !== null);
  if (source !== null) {
    checkDisjoint({ name: item.name.text, kind: source.sample.kind }, splits, reporter);
  }
  const missed =
    (settings.has("val") && val === null) ||
    (settings.has("test") && test === null) ||
    (scaleSetting && scale === null);
  if (source === null || target === null || train === null || unknown || missed) return null;
  return {
    name: item.name.text,
    span: item.name.span,
    source: source.program,
    sourceSpan: source.span,
    target,
    folds,
    train,
    val,
    test,
    scale,
    scaleSpan: scaleSetting?.span ?? null,
  };
}

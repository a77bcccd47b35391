import { error, type Span } from "../diagnostics/index.js";
import { scales, sources } from "../language/data.js";
import type { DataSource, ScaleProgram } from "../program/types.js";
import type { DatasetItem, Setting } from "../syntax/index.js";
import { checkCall } from "./calls.js";
import type { Evaluator } from "./evaluate.js";
import type { Reporter } from "./reporter.js";
import { onlyValue, readSettings, requireSetting, type SectionTable } from "./settings.js";
import { type CheckedSplit, checkDisjoint, readSplit } from "./splits.js";

export interface CheckedDataset {
  readonly name: string;
  readonly span: Span;
  readonly source: DataSource;
  readonly sourceSpan: Span;
  readonly classes: { readonly count: number; readonly names: readonly string[] | null; readonly span: Span };
  readonly train: CheckedSplit;
  readonly val: CheckedSplit | null;
  readonly test: CheckedSplit | null;
  readonly scale: ScaleProgram | null;
  readonly scaleSpan: Span | null;
}

const settingNames = ["source", "classes", "train", "val", "test", "scale"];

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
  const classesSetting = require("classes", "classes  10");
  const classes = classesSetting && readClasses(classesSetting, evaluator, reporter);
  const parts = source === null ? null : (sources.get(source.program.kind)?.parts ?? null);
  const split = (name: "train" | "val" | "test") => {
    const setting = settings.get(name);
    return setting === undefined ? null : readSplit(setting, name, parts, evaluator, reporter);
  };
  const trainSetting = require("train", "train  split(train)");
  const train = trainSetting && split("train");
  const val = split("val");
  const test = split("test");
  const scaleSetting = settings.get("scale");
  const scale = scaleSetting === undefined ? null : readScale(scaleSetting, evaluator, reporter);
  const splits = [train, val, test].filter((found) => found !== null);
  checkDisjoint(item.name.text, splits, reporter);
  const missed =
    (settings.has("val") && val === null) ||
    (settings.has("test") && test === null) ||
    (scaleSetting && scale === null);
  if (source === null || classes === null || train === null || missed) return null;
  return {
    name: item.name.text,
    span: item.name.span,
    source: source.program,
    sourceSpan: source.span,
    classes,
    train,
    val,
    test,
    scale,
    scaleSpan: scaleSetting?.span ?? null,
  };
}

function checkSource(setting: Setting, evaluator: Evaluator, reporter: Reporter) {
  const value = onlyValue(setting, reporter);
  const call = value && checkCall(value, sources, "a source", evaluator, reporter);
  if (call === null) return null;
  const kind = call.entry.name as DataSource["kind"];
  const path = call.values.path as string;
  const span = call.spans.path as Span;
  if (path === "" || /^[/\\]|^[A-Za-z]:|:\/\/|\\/.test(path)) {
    reporter.report(
      error("L0301", "the path of a source is relative to the spec and written with `/`", {
        at: { span, text: path === "" ? "is empty" : "is not such a path" },
        helps: ["say where data lies on this machine with `--data NAME=FOLDER`"],
      }),
    );
    return null;
  }
  return { program: { kind, path }, span };
}

function readClasses(
  setting: Setting,
  evaluator: Evaluator,
  reporter: Reporter,
): CheckedDataset["classes"] | null {
  const value = onlyValue(setting, reporter);
  const located = value && evaluator.located(value);
  if (located === null) return null;
  const { span } = located;
  if (located.value.type === "number" && located.value.unit === null) {
    const count = located.value.value;
    if (Number.isSafeInteger(count) && count >= 2) return { count, names: null, span };
  }
  if (located.value.type === "list" && located.value.items.length >= 2) {
    const names = located.value.items.map(({ value: item }) =>
      item.type === "word" || item.type === "string"
        ? item.text
        : item.type === "boolean"
          ? `${item.value}`
          : null,
    );
    if (!names.includes(null) && new Set(names).size === names.length) {
      return { count: names.length, names: names as string[], span };
    }
  }
  reporter.report(
    error("L0302", "`classes` needs a number of at least 2, or the names of the classes", {
      at: { span, text: "how many, or a list such as `[cat, dog]`" },
    }),
  );
  return null;
}

function readScale(setting: Setting, evaluator: Evaluator, reporter: Reporter): ScaleProgram | null {
  const value = onlyValue(setting, reporter);
  const call = value && checkCall(value, scales, "a scale", evaluator, reporter);
  if (call === null) return null;
  if (call.entry.name === "range") {
    return { kind: "range", low: call.values.low as number, high: call.values.high as number };
  }
  const mean = call.values.mean as readonly number[];
  const std = call.values.std as readonly number[];
  if (std.some((s) => s <= 0)) {
    const at = { span: call.spans.std as Span, text: "values are divided by it" };
    reporter.report(error("L0211", "`std` must be above 0", { at }));
    return null;
  }
  return { kind: "standard", mean, std };
}

import { error } from "../diagnostics/index.js";
import { count, name, optional } from "../language/arguments.js";
import { catalogue } from "../language/catalogue.js";
import type { FoldsProgram } from "../program/types.js";
import type { Setting } from "../syntax/index.js";
import { asCall, checkCall } from "./calls.js";
import type { CheckedSource } from "./dataset-source.js";
import type { Evaluator } from "./evaluate.js";
import { isGroupField } from "./group-field.js";
import type { Reporter } from "./reporter.js";
import { onlyValue } from "./settings.js";

/** Parts that `split` may name once there are folds: the fold at hand, and all others. */
export const foldParts: readonly string[] = ["train", "test"];

const makers = catalogue([
  {
    name: "kfold",
    summary: "Deals the samples out into so many folds of like size.",
    arguments: {
      count: count("how many folds", { minimum: 2, maximum: 100 }),
      shuffle: count("the number that fixes the order", { minimum: 0 }),
      by: optional(name("field whose groups stay together"), "none"),
    },
  },
]);

/** `folds 5` (the source's own) or `folds kfold(5, shuffle: 1, by: speaker)`. */
export function checkFolds(
  setting: Setting,
  source: CheckedSource,
  evaluator: Evaluator,
  reporter: Reporter,
): FoldsProgram | null {
  const value = onlyValue(setting, reporter);
  if (value === null) return null;
  const own = source.entry.folds;
  if (asCall(value) === null) return ownFolds(setting, source, evaluator, reporter);
  const call = checkCall(value, makers, "a way to make folds", evaluator, reporter);
  if (call === null) return null;
  if (own === null && source.entry.parts?.join() !== "all") {
    reporter.report(
      error("L0315", `\`${source.entry.name}\` comes in parts already and can't be dealt into folds`, {
        at: { span: call.span, text: "would mix its parts" },
        notes: ["folds are made of sources that have one part, `all`"],
      }),
    );
    return null;
  }
  const by = call.values.by as string | null;
  if (by !== null && !isGroupField(by, source, call.spans.by ?? call.span, reporter)) return null;
  return { kind: "kfold", count: call.values.count as number, shuffle: call.values.shuffle as number, by };
}

function ownFolds(
  setting: Setting,
  source: CheckedSource,
  evaluator: Evaluator,
  reporter: Reporter,
): FoldsProgram | null {
  const [value] = setting.values;
  const number = value && evaluator.evaluate(value);
  if (value === undefined || number === undefined || number === null) return null;
  const own = source.entry.folds;
  if (own !== null && number.type === "number" && number.unit === null && number.value === own) {
    return { kind: "own", count: own };
  }
  const given = number.type === "number" && number.unit === null ? number.value : 5;
  reporter.report(
    own === null
      ? error("L0315", `\`${source.entry.name}\` has no folds of its own`, {
          at: { span: value.span, text: "a number stands for the source's own folds" },
          helps: [`make some: \`folds  kfold(${given}, shuffle: 1)\``],
        })
      : error("L0315", `\`${source.entry.name}\` has ${own} folds of its own`, {
          at: { span: value.span, text: "not that many" },
          helps: [{ text: `write \`folds  ${own}\``, edits: [{ span: value.span, replacement: `${own}` }] }],
        }),
  );
  return null;
}

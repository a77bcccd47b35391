import { error, type Span } from "../../diagnostics/index.js";
import type { TrainSettings } from "../../program/types.js";
import type { Setting } from "../../syntax/index.js";
import type { Evaluator } from "../evaluate.js";
import type { Reporter } from "../reporter.js";
import { onlyValue } from "../settings.js";

/** What the settings say, and a usual value. */
const meanings: Readonly<Record<string, readonly [string, number]>> = {
  batch: ["how many samples a step takes", 64],
  epochs: ["how often a run goes through the training data", 30],
  steps: ["how many updates a run makes", 5000],
};

/** A whole number of at least 1, such as `batch`; null after a reported fault. */
export function readWholeNumber(setting: Setting, evaluator: Evaluator, reporter: Reporter): number | null {
  const value = onlyValue(setting, reporter);
  const number = value && evaluator.evaluate(value);
  if (value === null || number === null) return null;
  const name = setting.head.text;
  const fault = (code: string, message: string, text: string, helps: readonly string[] = []): null => {
    reporter.report(error(code, message, { at: { span: value.span, text }, helps }));
    return null;
  };
  if (number.type === "number" && number.unit !== null && name === number.unit) {
    return fault("L0212", `\`${name}\` says its unit already`, "the unit once more", [
      `write \`${name}  ${number.value}\``,
    ]);
  }
  const isWhole =
    number.type === "number" &&
    number.unit === null &&
    Number.isSafeInteger(number.value) &&
    number.value >= 1;
  if (!isWhole) {
    const [what = "how many", usual = null] = meanings[name] ?? [];
    const nearest = number.type === "number" && number.unit === null ? Math.round(number.value) : 0;
    const instead = Number.isSafeInteger(nearest) && nearest >= 1 ? nearest : usual;
    const helps = instead === null ? [] : [`write such as \`${name}  ${instead}\``];
    return fault("L0210", `\`${name}\` needs a whole number of at least 1`, what, helps);
  }
  if (number.value <= 1e9) return number.value;
  return fault("L0211", `\`${name}\` is at most 1,000,000,000`, "too many");
}

export interface CheckedLength {
  readonly value: TrainSettings["length"];
  readonly span: Span;
}

/** `epochs` or `steps`, whichever is there; null after a reported fault, undefined where neither is. */
export function readLength(
  epochs: Setting | undefined,
  steps: Setting | undefined,
  evaluator: Evaluator,
  reporter: Reporter,
): CheckedLength | null | undefined {
  if (epochs !== undefined && steps !== undefined) {
    reporter.report(
      error("L0216", "a run is so many epochs or so many steps long, not both", {
        at: { span: steps.span, text: "the second length" },
        secondary: [{ span: epochs.span, text: "the first" }],
      }),
    );
    return null;
  }
  const setting = epochs ?? steps;
  if (setting === undefined) return undefined;
  const value = readWholeNumber(setting, evaluator, reporter);
  return value === null ? null : { value: { unit: epochs ? "epochs" : "steps", value }, span: setting.span };
}

import { error } from "../diagnostics/index.js";
import { scales } from "../language/data.js";
import type { ScaleProgram } from "../program/types.js";
import type { Setting } from "../syntax/index.js";
import { checkCall } from "./calls.js";
import type { Evaluator } from "./evaluate.js";
import type { Reporter } from "./reporter.js";
import { onlyValue } from "./settings.js";

/** `scale standard(mean: 0.5, std: 0.5)` or `scale range(0, 1, per: sample)`. */
export function readScale(setting: Setting, evaluator: Evaluator, reporter: Reporter): ScaleProgram | null {
  const value = onlyValue(setting, reporter);
  const call = value && checkCall(value, scales, "a scale", evaluator, reporter);
  if (call === null) return null;
  if (call.entry.name === "range") {
    const low = call.values.low as number;
    const high = call.values.high as number;
    const per = call.values.per as "sample" | "dataset" | null;
    if (low < high) return { kind: "range", low, high, ...(per === null ? {} : { per }) };
    const at = { span: call.spans.high ?? call.span, text: `not above ${low}` };
    reporter.report(error("L0211", "`high` must be above `low`", { at }));
    return null;
  }
  const mean = call.values.mean as readonly number[];
  const std = call.values.std as readonly number[];
  if (std.some((s) => s <= 0)) {
    const at = { span: call.spans.std ?? call.span, text: "values are divided by it" };
    reporter.report(error("L0211", "`std` must be above 0", { at }));
    return null;
  }
  return { kind: "standard", mean, std };
}

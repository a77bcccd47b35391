import { error, type Span } from "../diagnostics/index.js";
import { type SourceEntry, sources } from "../language/data.js";
import type { Sample } from "../language/samples.js";
import type { DataSource } from "../program/types.js";
import type { Setting } from "../syntax/index.js";
import { checkCall } from "./calls.js";
import { isDataPath } from "./data-path.js";
import type { Evaluator } from "./evaluate.js";
import type { Reporter } from "./reporter.js";
import { onlyValue } from "./settings.js";

/** The `source` of a dataset. */
export interface CheckedSource {
  readonly entry: SourceEntry;
  readonly program: DataSource;
  /** One sample as it is read. */
  readonly sample: Sample;
  /** Where its path was written. */
  readonly span: Span;
}

export function checkSource(
  setting: Setting,
  evaluator: Evaluator,
  reporter: Reporter,
): CheckedSource | null {
  const value = onlyValue(setting, reporter);
  const call = value && checkCall(value, sources, "a source", evaluator, reporter);
  if (call === null) return null;
  const path = call.values.path as string;
  const span = call.spans.path ?? call.span;
  if (!isDataPath(path, span, reporter)) return null;
  const sample = call.entry.sample(call.values);
  if ("problem" in sample) {
    reporter.report(
      error("L0313", `\`${call.entry.name}\` ${sample.problem}`, { at: { span: call.span, text: "here" } }),
    );
    return null;
  }
  const program = { kind: call.entry.name, ...call.values } as unknown as DataSource;
  return { entry: call.entry, program, sample, span };
}

import { suggest } from "../base/suggest.js";
import { error, type Span } from "../diagnostics/index.js";
import type { SplitProgram } from "../program/types.js";
import type { Argument, CallExpression, Setting } from "../syntax/index.js";
import { asCall, calleeText } from "./calls.js";
import type { CheckedSource } from "./dataset-source.js";
import type { Evaluator } from "./evaluate.js";
import { isGroupField } from "./group-field.js";
import { type CommonStages, type Flow, follow, stagesOf } from "./pipeline.js";
import type { Reporter } from "./reporter.js";
import { onlyValue } from "./settings.js";
import type { Value } from "./values.js";

export interface CheckedSplit {
  readonly name: "train" | "val" | "test";
  readonly program: SplitProgram;
  /** Where the part was written; the whole call where none was. */
  readonly partSpan: Span;
  /** What its samples are after every transform. */
  readonly gives: Flow;
}

/** What a split draws from. */
export interface SplitOrigin {
  /** Null after a fault: then only what can be said without it is. */
  readonly source: CheckedSource | null;
  /** Names that `split` may use; null where they are folders or files. */
  readonly parts: readonly string[] | null;
  readonly common: CommonStages | null;
}

const keys = ["first", "last", "part", "shuffle", "by"];

/** `split(NAMES…, first: P | last: P | part: P..P, shuffle: N, by: FIELD) |> transforms`. */
export function readSplit(
  setting: Setting,
  name: CheckedSplit["name"],
  origin: SplitOrigin,
  evaluator: Evaluator,
  reporter: Reporter,
): CheckedSplit | null {
  const value = onlyValue(setting, reporter);
  if (value === null) return null;
  const head = asCall(value.kind === "pipeline" ? value.head : value);
  if (head === null || calleeText(head) !== "split") {
    reporter.report(
      error("L0303", `\`${name}\` begins with the part of the source it takes`, {
        at: { span: value.kind === "pipeline" ? value.head.span : value.span, text: "not a `split`" },
        helps: [`write \`${name}  split(${origin.parts?.[0] ?? "train"})\``],
      }),
    );
    return null;
  }
  const arguments_ = readArguments(head, origin, evaluator, reporter);
  const calls = value.kind === "pipeline" ? value.stages : [];
  const stages = stagesOf(calls, name, origin.common, evaluator, reporter);
  if (arguments_ === null || stages === null || origin.source === null) return null;
  const start = { sample: origin.source.sample, span: origin.source.span };
  const followed = follow(start, stages, reporter);
  return (
    followed && {
      name,
      program: { ...arguments_.program, transforms: followed.programs },
      partSpan: arguments_.partSpan,
      gives: followed.gives,
    }
  );
}

function readArguments(call: CallExpression, origin: SplitOrigin, evaluator: Evaluator, reporter: Reporter) {
  const names: string[] = [];
  let part: readonly [number, number] = [0, 1];
  let partSpan = call.span;
  let shuffle: number | null = null;
  let by: string | null = null;
  let sound = true;
  const partKeys = call.arguments.filter((a) => ["first", "last", "part"].includes(a.key?.text ?? ""));
  if (partKeys.length > 1) {
    const [first, second] = partKeys as [Argument, Argument];
    reporter.report(
      error("L0205", "a split takes one part", {
        at: { span: second.span, text: "a second part" },
        secondary: [{ span: first.span, text: "the first" }],
      }),
    );
    return null;
  }
  for (const argument of call.arguments) {
    const found =
      argument.key === null
        ? readName(argument, origin, evaluator, reporter)
        : readKeyed(argument, origin.source, evaluator, reporter);
    if (found === null) sound = false;
    else if (typeof found === "string" && argument.key === null) names.push(found);
    else if (typeof found === "string") by = found;
    else if (typeof found === "number") shuffle = found;
    else {
      part = found;
      partSpan = argument.span;
    }
  }
  if (sound && names.length === 0) {
    reporter.report(
      error("L0204", "`split` needs the name of a part of the source", {
        at: { span: call.span, text: "no name" },
        notes: origin.parts === null ? [] : [`parts are ${origin.parts.join(", ")}`],
      }),
    );
    return null;
  }
  const program = { names, part, shuffle, ...(by === null ? {} : { by }) };
  return sound ? { program, partSpan } : null;
}

function readName(
  argument: Argument,
  { parts, source }: SplitOrigin,
  evaluator: Evaluator,
  reporter: Reporter,
) {
  const value = evaluator.evaluate(argument.value);
  if (value === null) return null;
  const name = value.type === "word" || value.type === "string" ? value.text : "";
  if (name !== "" && (parts === null ? !/(^|\/)\.\.(\/|$)|^[/\\]|\\|:/.test(name) : parts.includes(name)))
    return name;
  const near = parts === null ? [] : suggest(name, parts);
  reporter.report(
    error("L0303", `the source has no part called \`${name === "" ? "?" : name}\``, {
      at: { span: argument.span, text: "not a part" },
      notes:
        parts === null
          ? [`parts are ${source?.entry.partsDoc ?? "folders or files of the source"}`]
          : [`parts are ${parts.join(", ")}`],
      helps: near.slice(0, 1).map((n) => ({
        text: `did you mean \`${n}\`?`,
        edits: [{ span: argument.span, replacement: n }],
      })),
    }),
  );
  return null;
}

/** A part as [from, to), the number of `shuffle`, or the field of `by`. */
function readKeyed(
  argument: Argument,
  source: CheckedSource | null,
  evaluator: Evaluator,
  reporter: Reporter,
): readonly [number, number] | number | string | null {
  const key = argument.key?.text ?? "";
  if (!keys.includes(key)) {
    const near = suggest(key, keys);
    const span = argument.key?.span ?? argument.span;
    reporter.report(
      error("L0203", `\`split\` has no argument called \`${key}\``, {
        at: { span, text: "not known" },
        notes: near.length > 0 ? [] : [`it takes ${keys.join(", ")}`],
        helps: near
          .slice(0, 1)
          .map((n) => ({ text: `did you mean \`${n}\`?`, edits: [{ span, replacement: n }] })),
      }),
    );
    return null;
  }
  const value = evaluator.evaluate(argument.value);
  if (value === null) return null;
  const { span } = argument.value;
  if (key === "shuffle") {
    if (
      value.type === "number" &&
      value.unit === null &&
      Number.isSafeInteger(value.value) &&
      value.value >= 0
    ) {
      return value.value;
    }
    reporter.report(
      error("L0210", "`shuffle` needs a whole number", {
        at: { span, text: "fixes an order, independent of the run's seed" },
      }),
    );
    return null;
  }
  if (key === "by") {
    if (value.type === "word" || value.type === "string") {
      return source === null || isGroupField(value.text, source, span, reporter) ? value.text : null;
    }
    reporter.report(
      error("L0210", "`by` needs the name of a field", {
        at: { span, text: "keeps samples together that share it" },
      }),
    );
    return null;
  }
  if (key === "part" && value.type === "range" && value.from.unit === "%") {
    const bounds = [value.from.value, value.to.value] as const;
    if (bounds[0] >= 0 && bounds[0] < bounds[1] && bounds[1] <= 1) return bounds;
  }
  if (
    key !== "part" &&
    value.type === "number" &&
    value.unit === "%" &&
    value.value > 0 &&
    value.value <= 1
  ) {
    return key === "first" ? [0, value.value] : [roundShare(1 - value.value), 1];
  }
  const wants =
    key === "part" ? "a range of percentages, such as `10%..90%`" : "a percentage above 0%, such as `10%`";
  const share = percentOf(key, value);
  reporter.report(
    error("L0210", `\`${key}\` needs ${wants}`, {
      at: { span, text: "how much of the source" },
      helps:
        share === null ? [] : [{ text: `write \`${key}: ${share}\``, edits: [{ span, replacement: share }] }],
    }),
  );
  return null;
}

/** The percentage that a plain number most likely stands for: 90 or 0.9 for `90%`. */
function percentOf(key: string, value: Value): string | null {
  if (key === "part" || value.type !== "number" || value.unit !== null) return null;
  const percent = value.value > 1 ? value.value : roundShare(value.value * 100);
  return percent > 0 && percent <= 100 ? `${percent}%` : null;
}

/** Shares are percentages with a few digits: 1 − 0.9 is a tenth, not 0.09999999999999998. */
export function roundShare(share: number): number {
  return Math.round(share * 1e12) / 1e12;
}

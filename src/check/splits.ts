import { suggest } from "../base/suggest.js";
import { error, type Span } from "../diagnostics/index.js";
import type { SplitProgram, TransformProgram } from "../program/types.js";
import type { Argument, CallExpression, Setting } from "../syntax/index.js";
import { asCall, calleeText } from "./calls.js";
import type { Evaluator } from "./evaluate.js";
import type { Reporter } from "./reporter.js";
import { onlyValue } from "./settings.js";
import { checkTransform } from "./transforms.js";

export interface CheckedSplit {
  readonly name: "train" | "val" | "test";
  readonly program: SplitProgram;
  /** Where the part was written; the whole call where none was. */
  readonly partSpan: Span;
}

const keys = ["first", "last", "part", "shuffle"];

/** `split(NAMES…, first: P | last: P | part: P..P, shuffle: N) |> transforms`. */
export function readSplit(
  setting: Setting,
  name: CheckedSplit["name"],
  parts: readonly string[] | null,
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
        helps: [`write \`${name}  split(${parts?.[0] ?? "train"})\``],
      }),
    );
    return null;
  }
  const arguments_ = readArguments(head, parts, evaluator, reporter);
  const stages = value.kind === "pipeline" ? value.stages : [];
  const transforms = stages.map((stage) => checkTransform(stage, name, evaluator, reporter));
  if (arguments_ === null || transforms.includes(null)) return null;
  return {
    name,
    program: { ...arguments_.program, transforms: transforms as TransformProgram[] },
    partSpan: arguments_.partSpan,
  };
}

function readArguments(
  call: CallExpression,
  parts: readonly string[] | null,
  evaluator: Evaluator,
  reporter: Reporter,
) {
  const names: string[] = [];
  let part: readonly [number, number] = [0, 1];
  let partSpan = call.span;
  let shuffle: number | null = null;
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
        ? readName(argument, parts, evaluator, reporter)
        : readKeyed(argument, evaluator, reporter);
    if (found === null) sound = false;
    else if (typeof found === "string") names.push(found);
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
        notes: parts === null ? [] : [`parts are ${parts.join(", ")}`],
      }),
    );
    return null;
  }
  return sound ? { program: { names, part, shuffle }, partSpan } : null;
}

function readName(
  argument: Argument,
  parts: readonly string[] | null,
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
      notes: parts === null ? ["parts are folders of the source"] : [`parts are ${parts.join(", ")}`],
      helps: near.slice(0, 1).map((n) => ({
        text: `did you mean \`${n}\`?`,
        edits: [{ span: argument.span, replacement: n }],
      })),
    }),
  );
  return null;
}

/** A part as [from, to), or the number of `shuffle`. */
function readKeyed(
  argument: Argument,
  evaluator: Evaluator,
  reporter: Reporter,
): readonly [number, number] | number | null {
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
  reporter.report(
    error("L0210", `\`${key}\` needs ${wants}`, { at: { span, text: "how much of the source" } }),
  );
  return null;
}

/** Shares are percentages with a few digits: 1 − 0.9 is a tenth, not 0.09999999999999998. */
function roundShare(share: number): number {
  return Math.round(share * 1e12) / 1e12;
}

/** No sample may be in two splits: other names, or the same order with parts that don't overlap. */
export function checkDisjoint(dataset: string, splits: readonly CheckedSplit[], reporter: Reporter): void {
  for (const [i, a] of splits.entries()) {
    for (const b of splits.slice(i + 1)) {
      const shared = a.program.names.filter((name) => b.program.names.includes(name));
      if (shared.length === 0) continue;
      const overlap = [
        Math.max(a.program.part[0], b.program.part[0]),
        Math.min(a.program.part[1], b.program.part[1]),
      ] as const;
      const sameOrder = a.program.shuffle === b.program.shuffle && sameNames(a, b);
      if (sameOrder && overlap[1] <= overlap[0]) continue;
      reporter.report(sameOrder ? overlapError(dataset, a, b, overlap) : orderError(dataset, a, b));
    }
  }
}

function sameNames(a: CheckedSplit, b: CheckedSplit): boolean {
  return a.program.names.join("\0") === b.program.names.join("\0");
}

function overlapError(dataset: string, a: CheckedSplit, b: CheckedSplit, overlap: readonly [number, number]) {
  const percent = (share: number) => `${Number((share * 100).toPrecision(6))}%`;
  const range = ([from, to]: readonly [number, number]) => `from ${percent(from)} to ${percent(to)}`;
  const both =
    overlap[0] === 0 && overlap[1] === 1 ? "all of it" : `${percent(overlap[0])} to ${percent(overlap[1])}`;
  const rest = roundShare(1 - a.program.part[1]);
  return error(
    "L0311",
    `\`${a.name}\` and \`${b.name}\` share ${shareText(overlap[1] - overlap[0])} of the images of \`${dataset}\``,
    {
      at: { span: b.partSpan, text: `${range(b.program.part)}: ${both} is in both` },
      secondary: [{ span: a.partSpan, text: range(a.program.part) }],
      notes: [`${b.name}.accuracy would count images that the net was trained on`],
      helps:
        a.program.part[0] === 0 && rest > 0
          ? [
              {
                text: `write \`last: ${percent(rest)}\``,
                edits: [{ span: b.partSpan, replacement: `last: ${percent(rest)}` }],
              },
            ]
          : [],
    },
  );
}

function orderError(dataset: string, a: CheckedSplit, b: CheckedSplit) {
  return error("L0311", `\`${a.name}\` and \`${b.name}\` of \`${dataset}\` may share images`, {
    at: { span: b.partSpan, text: "in another order" },
    secondary: [{ span: a.partSpan, text: "in one order" }],
    notes: ["parts are only known to be disjoint when both cut the same parts in the same order"],
    helps: ["give both the same names and the same `shuffle`"],
  });
}

function shareText(share: number): string {
  const percent = Number((share * 100).toPrecision(6));
  const words: Record<number, string> = {
    10: "a tenth",
    20: "a fifth",
    25: "a quarter",
    50: "half",
    100: "all",
  };
  return words[percent] ?? `${percent}%`;
}

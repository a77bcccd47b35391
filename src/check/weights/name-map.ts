import { error, type Span } from "../../diagnostics/index.js";
import { layouts } from "../../language/weights.js";
import type { DatasetItem, Expression, PathExpression, Setting } from "../../syntax/index.js";
import type { Evaluator } from "../evaluate.js";
import type { Reporter } from "../reporter.js";
import { onlyValue, readSettings, type SectionTable } from "../settings.js";

export type Layout = (typeof layouts)[number];

/** One line of a map: addresses on the left, keys of a file on the right; `*` stands for one part. */
export interface NameRule {
  readonly ours: readonly string[];
  readonly theirs: string;
  readonly span: Span;
}

/** A `names` section: what a published checkpoint calls the tensors of a model. */
export interface NameMap {
  readonly name: string;
  readonly layout: Layout;
  readonly rules: readonly NameRule[];
  /** Patterns of keys that may stay unused. */
  readonly ignore: readonly string[];
}

/** Null after a reported fault. */
export function readNames(item: DatasetItem, evaluator: Evaluator, reporter: Reporter): NameMap | null {
  const table: SectionTable = {
    title: `names \`${item.name.text}\``,
    settings: ["layout", "map", "ignore"],
    repeated: ["map", "ignore"],
  };
  const settings = readSettings(item.settings, table, reporter);
  const layout = readLayout(settings.get("layout"), evaluator, reporter);
  const rules: (NameRule | null)[] = [];
  const ignore: (string | null)[] = [];
  for (const setting of item.settings) {
    if (setting.head.text === "map") rules.push(readRule(setting, reporter));
    if (setting.head.text === "ignore") ignore.push(readPattern(setting, evaluator, reporter));
  }
  if (layout === null || rules.includes(null) || ignore.includes(null)) return null;
  return {
    name: item.name.text,
    layout,
    rules: rules.flatMap((rule) => rule ?? []),
    ignore: ignore.flatMap((pattern) => pattern ?? []),
  };
}

function readLayout(setting: Setting | undefined, evaluator: Evaluator, reporter: Reporter): Layout | null {
  if (setting === undefined) return "lerac";
  const value = onlyValue(setting, reporter);
  const word = value && evaluator.evaluate(value);
  const layout = word?.type === "word" ? layouts.find((known) => known === word.text) : undefined;
  if (layout !== undefined || value === null || word === null) return layout ?? null;
  reporter.report(
    error("L0218", "`layout` is `torch` or `lerac`", {
      at: { span: value.span, text: "how kernels lie in the file" },
    }),
  );
  return null;
}

function readRule(setting: Setting, reporter: Reporter): NameRule | null {
  const value = onlyValue(setting, reporter);
  if (value === null) return null;
  const ours = value.kind === "arrow" && value.from.kind === "path" ? patternOf(value.from) : null;
  const theirs = value.kind === "arrow" && value.to.kind === "string" ? value.to.value : null;
  if (ours === null || theirs === null || theirs === "") {
    reporter.report(
      error("L0533", "`map` turns an address into a key of the file", {
        at: { span: badPart(value), text: 'not ADDRESS -> "KEY"' },
        helps: ['write it as `map  layers.*.norm -> "encoder.layer.*.LayerNorm"`'],
      }),
    );
    return null;
  }
  const stars = ours.filter((part) => part === "*").length;
  const theirStars = theirs.split("*").length - 1;
  if (stars === theirStars) return { ours, theirs, span: value.span };
  reporter.report(
    error("L0533", `the two sides of this \`map\` have ${stars} and ${theirStars} \`*\``, {
      at: { span: value.span, text: "each `*` on the left goes where one stands on the right" },
    }),
  );
  return null;
}

/** The part of a line that is not what it should be. */
function badPart(value: Expression): Span {
  if (value.kind !== "arrow") return value.span;
  return value.from.kind === "path" && patternOf(value.from) !== null ? value.to.span : value.from.span;
}

/** The parts of an address, `*` for any one; null for what is no such pattern. */
export function patternOf(path: PathExpression): readonly string[] | null {
  const parts = path.segments.map((segment) => {
    switch (segment.kind) {
      case "name":
        return segment.text;
      case "index":
        return `${segment.index}`;
      case "star":
        return "*";
      default:
        return null;
    }
  });
  return parts.includes(null) ? null : parts.flatMap((part) => part ?? []);
}

function readPattern(setting: Setting, evaluator: Evaluator, reporter: Reporter): string | null {
  const value = onlyValue(setting, reporter);
  const text = value && evaluator.evaluate(value);
  if (value === null || text === null) return null;
  if (text.type === "string" && text.text !== "") return text.text;
  reporter.report(
    error("L0533", "`ignore` names keys that may stay unused", {
      at: { span: value.span, text: "not a string" },
      helps: ['write it as `ignore  "pooler.**"`'],
    }),
  );
  return null;
}

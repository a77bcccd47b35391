import { suggest } from "../base/suggest.js";
import { error, type Span } from "../diagnostics/index.js";
import type { FieldKind } from "../language/sources/index.js";
import type { Setting } from "../syntax/index.js";
import type { CheckedSource } from "./dataset-source.js";
import type { Evaluator } from "./evaluate.js";
import type { Reporter } from "./reporter.js";
import { onlyValue } from "./settings.js";

export interface CheckedClasses {
  readonly count: number;
  readonly names: readonly string[] | null;
  readonly span: Span;
}

/** What is learned: a class, a number, or boxes with classes. */
export interface CheckedTarget {
  readonly kind: "classes" | "number" | "boxes";
  readonly field: string;
  /** Null where the target is a number. */
  readonly classes: CheckedClasses | null;
}

/** `target FIELD` and `classes …` against what the source offers. */
export function checkTarget(
  dataset: { readonly title: string; readonly span: Span },
  settings: ReadonlyMap<string, Setting>,
  source: CheckedSource | null,
  evaluator: Evaluator,
  reporter: Reporter,
): CheckedTarget | null {
  const classesSetting = settings.get("classes");
  const classes = classesSetting === undefined ? null : readClasses(classesSetting, evaluator, reporter);
  if (source === null || (classesSetting !== undefined && classes === null)) return null;
  const field = readField(settings.get("target"), source, evaluator, reporter);
  if (field === null) return null;
  const { kind } = field;
  if (kind.kind === "column") return { kind: classes ? "classes" : "number", field: field.name, classes };
  if (kind.kind === "number") {
    if (classes === null) return { kind: "number", field: field.name, classes };
    reporter.report(
      error("L0317", `\`${field.name}\` of \`${source.entry.name}\` is a number and has no classes`, {
        at: { span: classes.span, text: "makes it a class" },
        helps: ["leave `classes` out to learn the number"],
      }),
    );
    return null;
  }
  return fieldOfClasses(field.name, kind, classes, dataset, source, reporter);
}

function fieldOfClasses(
  field: string,
  kind: Extract<FieldKind, { kind: "classes" | "boxes" }>,
  classes: CheckedClasses | null,
  dataset: { readonly title: string; readonly span: Span },
  source: CheckedSource,
  reporter: Reporter,
): CheckedTarget | null {
  if (classes === null) {
    reporter.report(
      error("L0217", `${dataset.title} needs \`classes\``, {
        at: { span: dataset.span, text: "no `classes`" },
        helps: [`write a line such as \`classes  ${kind.count ?? 10}\``],
      }),
    );
    return null;
  }
  if (kind.count === null || kind.count === classes.count) return { kind: kind.kind, field, classes };
  const what = field === "label" ? `\`${source.entry.name}\`` : `\`${field}\` of \`${source.entry.name}\``;
  const edits =
    classes.names === null ? { edits: [{ span: classes.span, replacement: `${kind.count}` }] } : {};
  reporter.report(
    error("L0317", `${what} has ${kind.count} classes, not ${classes.count}`, {
      at: { span: classes.span, text: `${classes.count} classes` },
      secondary: [{ span: source.span, text: `holds ${kind.count}` }],
      helps: [{ text: `write \`classes  ${kind.count}\``, ...edits }],
    }),
  );
  return null;
}

function readField(
  setting: Setting | undefined,
  source: CheckedSource,
  evaluator: Evaluator,
  reporter: Reporter,
): { readonly name: string; readonly kind: FieldKind } | null {
  const { fields, name: sourceName } = source.entry;
  const known = Object.keys(fields);
  const value = setting === undefined ? null : onlyValue(setting, reporter);
  if (setting !== undefined && value === null) return null;
  const evaluated = value && evaluator.evaluate(value);
  if (value !== null && evaluated === null) return null;
  const name =
    evaluated === null
      ? "label"
      : evaluated.type === "word" || evaluated.type === "string"
        ? evaluated.text
        : "";
  const kind = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (kind !== undefined) return { name, kind };
  if (value === null) {
    reporter.report(
      error("L0314", `\`${sourceName}\` has several things to learn`, {
        at: { span: source.span, text: "no `target` says which" },
        notes: [`its fields are ${known.join(", ")}`],
        helps: [`write a line such as \`target  ${known[0]}\``],
      }),
    );
    return null;
  }
  const near = suggest(name, known);
  reporter.report(
    error("L0314", `\`${sourceName}\` has no field called \`${name === "" ? "?" : name}\``, {
      at: { span: value.span, text: "not known" },
      notes: near.length > 0 ? [] : [`its fields are ${known.join(", ")}`],
      helps: near
        .slice(0, 1)
        .map((n) => ({ text: `did you mean \`${n}\`?`, edits: [{ span: value.span, replacement: n }] })),
    }),
  );
  return null;
}

function readClasses(setting: Setting, evaluator: Evaluator, reporter: Reporter): CheckedClasses | null {
  const value = onlyValue(setting, reporter);
  const located = value && evaluator.located(value);
  if (located === null) return null;
  const { span } = located;
  if (located.value.type === "number" && located.value.unit === null) {
    const count = located.value.value;
    if (Number.isSafeInteger(count) && count >= 2 && count <= 1_000_000) return { count, names: null, span };
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

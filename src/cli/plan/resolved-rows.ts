import { spanText } from "../../diagnostics/index.js";
import type { ArgumentSpec, ArgumentTable } from "../../language/arguments.js";
import type { Catalogue } from "../../language/catalogue.js";
import { isTime, timeText } from "../../plan/index.js";
import { allSettings as settingTable } from "../../plan/setting-docs.js";
import type { Argument, Expression, Setting } from "../../syntax/index.js";

/** Where a value comes from. */
export type Origin = "written" | "default" | "computed" | "--set" | "environment" | "flag";

/** One value of a run: what it is called, what it is, and who said so. */
export interface ResolvedRow {
  readonly origin: Origin;
  readonly name: string;
  readonly value: string;
}

/** What expressions of a section may refer to. */
export interface ResolveContext {
  /** Params that `--set` gave a value: what mentions one comes from there. */
  readonly overridden: ReadonlySet<string>;
  /** Tables of the calls that settings may hold, by setting. */
  readonly catalogues: Readonly<Record<string, Catalogue>>;
}

/** Every setting of a section (`train`, `curriculum lerac`) in the table's order, the arguments of its calls below each. */
export function sectionRows(
  prefix: string,
  section: string,
  settings: readonly Setting[],
  context: ResolveContext,
): ResolvedRow[] {
  const docs = settingTable.filter((doc) => doc.section === section);
  return docs.flatMap((doc): ResolvedRow[] => {
    const written = settings.filter((setting) => setting.head.text === doc.name);
    const name = `${prefix}.${doc.name}`;
    if (written.length === 0) {
      // What has no default is required, or absent: then something else stands in its place.
      return doc.default === null || doc.default === ""
        ? []
        : [{ origin: "default", name, value: doc.default }];
    }
    return written.flatMap((setting) => [
      { origin: originOf(setting, context), name, value: valueText(setting) },
      ...setting.values.flatMap((value) => callRows(name, value, context.catalogues[doc.name], context)),
    ]);
  });
}

/** Arguments of the calls in a value, one of which may be a pipeline. */
function callRows(
  prefix: string,
  value: Expression,
  catalogue: Catalogue | undefined,
  context: ResolveContext,
): ResolvedRow[] {
  if (catalogue === undefined) return [];
  if (value.kind === "pipeline") {
    return [value.head, ...value.stages].flatMap((stage) => callRows(prefix, stage, catalogue, context));
  }
  const call = calledName(value);
  const entry = call === null ? undefined : catalogue.get(call.name);
  if (call === null || entry === undefined) return [];
  return argumentRows(
    `${prefix}.${call.name}`,
    entry.arguments,
    writtenArguments(call.given, entry.arguments),
    context,
  );
}

function calledName(value: Expression): { name: string; given: readonly Argument[] } | null {
  if (value.kind === "call") {
    return { name: value.callee.map((part) => part.text).join("."), given: value.arguments };
  }
  if (value.kind !== "path" || value.segments.length !== 1) return null;
  const [segment] = value.segments;
  return segment?.kind === "name" ? { name: segment.text, given: [] } : null;
}

function writtenArguments(given: readonly Argument[], table: ArgumentTable): ReadonlyMap<string, Argument> {
  const names = Object.keys(table);
  return new Map(given.map((argument, i) => [argument.key?.text ?? names[i] ?? "", argument]));
}

function argumentRows(
  prefix: string,
  table: ArgumentTable,
  written: ReadonlyMap<string, Argument>,
  context: ResolveContext,
): ResolvedRow[] {
  return Object.entries(table).map(([key, spec]): ResolvedRow => {
    const name = `${prefix}.${key}`;
    const argument = written.get(key);
    if (argument !== undefined) {
      return {
        origin: originOf(argument.value, context),
        name,
        value: oneLine(spanText(argument.value.span)),
      };
    }
    return defaultRow(name, spec);
  });
}

function defaultRow(name: string, spec: ArgumentSpec): ResolvedRow {
  if (typeof spec.default === "function")
    return { origin: "computed", name, value: spec.defaultText ?? "computed" };
  if (spec.default === null && spec.defaultText !== undefined)
    return { origin: "default", name, value: spec.defaultText };
  return { origin: "default", name, value: plainValue(spec.default) };
}

/** A checked value as it would be written. */
export function plainValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(plainValue).join(", ")}]`;
  if (typeof value === "number" && value !== 0 && Math.abs(value) < 1e-3) return value.toExponential();
  if (isTime(value)) return timeText(value);
  if (typeof value === "object" && value !== null) return JSON.stringify(value);
  return value === null || value === undefined ? "none" : `${value as string | number | boolean}`;
}

function originOf(node: Expression | Setting, { overridden }: ResolveContext): Origin {
  if (overridden.size === 0) return "written";
  const words = spanText(node.span).match(/[A-Za-z_][A-Za-z0-9_]*/g) ?? [];
  return words.some((word) => overridden.has(word)) ? "--set" : "written";
}

/** All of a setting but its name, as written, on one line. */
function valueText(setting: Setting): string {
  const { source, end } = setting.span;
  return oneLine(source.text.slice(setting.head.span.end, end));
}

function oneLine(text: string): string {
  return text
    .replace(/#[^\n]*/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

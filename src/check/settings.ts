import { suggest } from "../base/suggest.js";
import { error, type Help, type Span, spanText } from "../diagnostics/index.js";
import type { Expression, Setting } from "../syntax/index.js";
import type { Reporter } from "./reporter.js";

/** What a section may hold: names, and which of them may stand several times. */
export interface SectionTable {
  /** "dataset `fashion`", as messages say it. */
  readonly title: string;
  readonly settings: readonly string[];
  readonly repeated?: readonly string[];
}

/**
 * The settings of a section by name: unknown ones and doubles reported and left out. A misspelt one stands for the one
 * that was most likely meant, so that its value is checked and nothing is said to be missing.
 */
export function readSettings(
  settings: readonly Setting[],
  table: SectionTable,
  reporter: Reporter,
): ReadonlyMap<string, Setting> {
  const found = new Map<string, Setting>();
  const meant = new Map<string, Setting>();
  for (const setting of settings) {
    const name = setting.head.text;
    if (!table.settings.includes(name)) {
      const near = suggest(name, table.settings);
      const span = setting.head.span;
      reporter.report(
        error("L0215", `${table.title} has no setting called \`${name}\``, {
          at: { span, text: "not known" },
          notes: near.length > 0 ? [] : [`its settings are ${table.settings.join(", ")}`],
          helps: near
            .slice(0, 1)
            .map((n) => ({ text: `did you mean \`${n}\`?`, edits: [{ span, replacement: n }] })),
        }),
      );
      if (near[0] !== undefined) meant.set(near[0], setting);
      continue;
    }
    const first = found.get(name);
    if (first !== undefined && !table.repeated?.includes(name)) {
      reporter.report(
        error("L0216", `\`${name}\` is set twice in ${table.title}`, {
          at: { span: setting.head.span, text: "set again" },
          secondary: [{ span: first.head.span, text: "set first" }],
          helps: ["keep one of them"],
        }),
      );
      continue;
    }
    found.set(name, setting);
  }
  for (const [name, setting] of meant) if (!found.has(name)) found.set(name, setting);
  return found;
}

/** A setting that the section can't do without. */
export function requireSetting(
  settings: ReadonlyMap<string, Setting>,
  name: string,
  table: SectionTable,
  section: Span,
  example: string,
  reporter: Reporter,
): Setting | null {
  const setting = settings.get(name);
  if (setting !== undefined) return setting;
  reporter.report(
    error("L0217", `${table.title} needs \`${name}\``, {
      at: { span: section, text: `no \`${name}\`` },
      helps: [`write a line such as \`${example}\``],
    }),
  );
  return null;
}

/** The one value of a setting that takes one. */
export function onlyValue(setting: Setting, reporter: Reporter): Expression | null {
  const [value, second] = setting.values;
  const extra = second?.span ?? setting.clauses[0]?.span;
  if (value !== undefined && extra === undefined) return value;
  const name = setting.head.text;
  reporter.report(
    error("L0217", `\`${name}\` takes one value`, {
      at: { span: extra ?? setting.head.span, text: extra ? "one too many" : "none is given" },
      helps: severalValues(setting),
    }),
  );
  return null;
}

/** Two rates are the ends of a span more often than a list. */
function severalValues({ head, values, clauses }: Setting): Help[] {
  const [first, second] = values;
  const last = values[values.length - 1];
  if (first === undefined || second === undefined || last === undefined || clauses.length > 0) return [];
  const span = { source: first.span.source, start: first.span.start, end: last.span.end };
  const list = {
    text: `a list stands in brackets: \`[${spanText(span)}]\``,
    replacement: `[${spanText(span)}]`,
  };
  const arrow = `${spanText(first.span)} -> ${spanText(second.span)}`;
  const ends = { text: `write \`${arrow}\`, from the first level to the last`, replacement: arrow };
  const meant = head.text === "rates" && values.length === 2 ? [ends, list] : [list];
  return meant.map(({ text, replacement }) => ({ text, edits: [{ span, replacement }] }));
}

import { suggest } from "../base/suggest.js";
import { error, type Span } from "../diagnostics/index.js";
import type { Expression, Setting } from "../syntax/index.js";
import type { Reporter } from "./reporter.js";

/** What a section may hold: names, and which of them may stand several times. */
export interface SectionTable {
  /** "dataset `fashion`", as messages say it. */
  readonly title: string;
  readonly settings: readonly string[];
  readonly repeated?: readonly string[];
}

/** The settings of a section by name: unknown ones and doubles reported and left out. */
export function readSettings(
  settings: readonly Setting[],
  table: SectionTable,
  reporter: Reporter,
): ReadonlyMap<string, Setting> {
  const found = new Map<string, Setting>();
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
    }),
  );
  return null;
}

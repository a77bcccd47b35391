import { type Diagnostic, warning } from "../../diagnostics/index.js";
import type { Lint, LintContext } from "./lint.js";
import { entries } from "./registry.generated.js";
import { readWaivers, type Waiver } from "./waivers.js";

export type { Lint, LintContext } from "./lint.js";

/** Lints by the name that waivers give them. */
export const lints: ReadonlyMap<string, Lint> = new Map(entries.map((entry: Lint) => [entry.rule, entry]));

/** Everything that lints say about a file that is right: without what is waived, with waivers that waive nothing. */
export function runLints(context: LintContext): readonly Diagnostic[] {
  const { waivers, faults } = readWaivers(context.file, [...lints.keys()]);
  const used = new Set<Waiver>();
  const found = [...lints.values()].flatMap((lint) =>
    lint.check(context).filter((diagnostic) => {
      const waiver = waivers.find(
        ({ rule, statement }) => rule === lint.rule && covers(statement, diagnostic),
      );
      if (waiver !== undefined) used.add(waiver);
      return waiver === undefined;
    }),
  );
  const unused = waivers
    .filter((waiver) => !used.has(waiver))
    .map(({ rule, span }) =>
      warning("L0820", `nothing here needs a waiver of \`${rule}\``, {
        at: { span, text: "waives nothing" },
        helps: [{ text: "take it out", edits: [{ span: wholeLine(span), replacement: "" }] }],
      }),
    );
  return [...found, ...faults, ...unused];
}

function covers(statement: Waiver["statement"], { at }: Diagnostic): boolean {
  if (statement === null || at === null || !("span" in at)) return false;
  return at.span.start >= statement.start && at.span.start < statement.end;
}

/** A line and the line end behind it. */
function wholeLine(span: Waiver["span"]): Waiver["span"] {
  const { text } = span.source;
  const start = text.lastIndexOf("\n", span.start - 1) + 1;
  const end = text.indexOf("\n", span.end);
  return { ...span, start, end: end < 0 ? text.length : end + 1 };
}

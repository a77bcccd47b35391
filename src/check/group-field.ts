import { suggest } from "../base/suggest.js";
import { error, type Span } from "../diagnostics/index.js";
import type { CheckedSource } from "./dataset-source.js";
import type { Reporter } from "./reporter.js";

/** Whether samples of a source can be kept together by a field, such as `speaker`. Faults are reported. */
export function isGroupField(field: string, source: CheckedSource, span: Span, reporter: Reporter): boolean {
  const { groups, name } = source.entry;
  // Any column of a table may be one; whether it exists is for the data to say.
  if (groups === null || groups.includes(field)) return true;
  const near = suggest(field, groups);
  reporter.report(
    error("L0318", `samples of \`${name}\` are not grouped by \`${field}\``, {
      at: { span, text: "no such field" },
      notes: [groups.length === 0 ? "it has no field to group by" : `it has ${groups.join(", ")}`],
      helps: near
        .slice(0, 1)
        .map((n) => ({ text: `did you mean \`${n}\`?`, edits: [{ span, replacement: n }] })),
    }),
  );
  return false;
}

import type { Diagnostic, Edit, SourceFile } from "../../diagnostics/index.js";

/** One diagnostic's change of a text: all of its edits, or none. */
export interface Fix {
  readonly code: string;
  readonly edits: readonly Edit[];
}

export interface Fixed {
  readonly text: string;
  readonly applied: readonly Fix[];
}

/**
 * What `--fix` would write: the first help with edits of each diagnostic, in source order. A fix that overlaps one
 * before it is left for the next round, which sees the text as it is then. Edits of other files (such as the text of
 * a `--set`) are never applied.
 */
export function applyFixes(source: SourceFile, diagnostics: readonly Diagnostic[]): Fixed {
  const applied: Fix[] = [];
  const taken: Edit[] = [];
  for (const fix of diagnostics.flatMap((diagnostic) => fixOf(diagnostic, source))) {
    if (fix.edits.some((edit) => taken.some((other) => overlap(edit, other)))) continue;
    applied.push(fix);
    taken.push(...fix.edits);
  }
  let text = source.text;
  // From the end to the start, so that offsets of what is still to come stay true.
  for (const { span, replacement } of taken.sort((a, b) => b.span.start - a.span.start)) {
    text = text.slice(0, span.start) + replacement + text.slice(span.end);
  }
  return { text, applied };
}

function fixOf({ code, helps }: Diagnostic, source: SourceFile): Fix[] {
  const edits = helps.find((help) => help.edits !== undefined && help.edits.length > 0)?.edits ?? [];
  const here = edits.length > 0 && edits.every(({ span }) => span.source === source);
  return here ? [{ code, edits }] : [];
}

/** Two edits at one place overlap too: which of two insertions comes first would be a guess. */
function overlap(a: Edit, b: Edit): boolean {
  if (a.span.start === b.span.start) return true;
  return a.span.start < b.span.end && b.span.start < a.span.end;
}

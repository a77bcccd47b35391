import { plural } from "../../base/format.js";
import type { Diagnostic } from "../diagnostic.js";

/** A diagnostic, and those that say the same of other lines. */
export interface Folded {
  readonly diagnostic: Diagnostic;
  readonly alike: readonly Diagnostic[];
}

/** Line numbers that are listed before an ellipsis. */
const listedLines = 5;

/** One for each thing there is to say: what is said of several lines of a file in the same words folds to the first. */
export function fold(diagnostics: readonly Diagnostic[]): readonly Folded[] {
  const groups = new Map<string, Diagnostic[]>();
  for (const [i, diagnostic] of diagnostics.entries()) {
    const { at, code, message } = diagnostic;
    const key = at !== null && "span" in at ? [code, at.span.source.name, message].join("\0") : `${i}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [diagnostic]);
    else group.push(diagnostic);
  }
  return [...groups.values()].map(([first, ...alike]) => ({ diagnostic: first as Diagnostic, alike }));
}

/** "(and 7 more like it: lines 24, 31, 40, 52, 61, …)", empty where there are none. */
export function alikeText(alike: readonly Diagnostic[]): string {
  if (alike.length === 0) return "";
  const lines = [
    ...new Set(alike.flatMap(({ at }) => (at !== null && "span" in at ? [lineOf(at.span)] : []))),
  ];
  const listed = lines.slice(0, listedLines).join(", ") + (lines.length > listedLines ? ", …" : "");
  return ` (and ${alike.length} more like it: ${plural(lines.length, "line").replace(/^[\d,]+ /, "")} ${listed})`;
}

function lineOf(span: { source: { position(offset: number): { line: number } }; start: number }): number {
  return span.source.position(span.start).line;
}

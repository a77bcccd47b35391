import { sectionTokens } from "../../grammar/tokens.js";
import type { Diagnostic, Span } from "../diagnostics/index.js";
import type { Item } from "./ast.js";

/** Sections in braces that have their names in their heads, or that a file has once: what hangs on them can be told. */
const known: readonly Item["kind"][] = [
  "experiment",
  "dataset",
  "curriculum",
  "block",
  "model",
  "train",
  "compare",
  "expect",
];

/** A line that begins a section. */
const headInside = new RegExp(
  `\\W*\\b(?:${sectionTokens.map(({ PATTERN }) => PATTERN).join("|")})\\b[^#]*\\{`,
);

/** Whether a mistake stands in the head: then the section may be called otherwise, or not end where it seems. */
function inHead({ span }: Item, at: number): boolean {
  const { text } = span.source;
  const brace = text.indexOf("{", span.start);
  return at <= Math.max(brace, text.indexOf("\n", span.start));
}

/**
 * Whether what was read as one section may hold the head of another, which the mistake hides: something other than a
 * closing brace stands in the first column, or a brace opens behind the word of a section.
 */
function holdsHead({ span }: Item): boolean {
  const { text } = span.source;
  const [, ...lines] = text.slice(span.start, Math.max(span.end, text.indexOf("\n", span.end))).split("\n");
  return lines.some((line) => /^[^\s#}]|^\}\s*[^\s#]/.test(line) || headInside.test(line));
}

/**
 * The sections that mistakes of syntax lie in: what they declare is known by name, and nothing else of them. Null where
 * a mistake lies outside of them, as in a head that could not be read: then nobody knows what the file declares.
 */
export function brokenSections(
  items: readonly Item[],
  diagnostics: readonly Diagnostic[],
): ReadonlySet<Item> | null {
  if (diagnostics.length === 0) return new Set();
  // An indented section is the setting of one that has lost a brace.
  if (items.some(({ span }) => span.start > 0 && span.source.text[span.start - 1] !== "\n")) return null;
  const broken = new Set<Item>();
  const around = ({ start }: Span) =>
    items.find(({ span, kind }) => known.includes(kind) && span.start <= start && start <= span.end);
  for (const { code, at, secondary } of diagnostics) {
    // What stands between sections may be a part of any.
    if (code === "L0106" || code === "L0107") return null;
    const spans = [...(at !== null && "span" in at ? [at.span] : []), ...secondary.map(({ span }) => span)];
    if (spans.length === 0) return null;
    for (const span of spans) {
      const item = around(span);
      if (item === undefined || inHead(item, span.start)) return null;
      broken.add(item);
    }
  }
  return [...broken].some(holdsHead) ? null : broken;
}

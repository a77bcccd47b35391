import type { Diagnostic, SourceFile } from "../diagnostics/index.js";
import type { Comment, File, Item } from "./ast.js";
import { brokenSections } from "./broken.js";
import { readConcrete } from "./concrete.js";
import { node, nodes, spanOfToken, token } from "./cst.js";
import { ItemBuilder } from "./items.js";
import { tooLong } from "./limits.js";

export interface Parsed {
  readonly file: File;
  /** In source order. */
  readonly diagnostics: readonly Diagnostic[];
  /** The sections that these lie in; null where one lies outside of all that could be read. */
  readonly broken: ReadonlySet<Item> | null;
}

/**
 * Reads one file. Total: it never throws on any text, and recovers from mistakes so that one pass reports them all;
 * what could not be understood is missing from the syntax tree.
 */
export function parse(source: SourceFile): Parsed {
  const concrete = readConcrete(source);
  if ("code" in concrete) return { file: emptyFile(source), diagnostics: [concrete], broken: null };
  const { lexed, tokens, cst, diagnostics } = concrete;
  const builder = new ItemBuilder(source);
  const version = node(cst, "version");
  const number = version && token(version, "NumberLiteral");
  const comments: Comment[] = (lexed.groups.comments ?? []).map((comment) => ({
    text: comment.image,
    span: spanOfToken(source, comment),
  }));
  const items = nodes(cst, "item").flatMap((item) => builder.item(item) ?? []);
  const more = [...builder.faults, ...tooLong(source, tokens)];
  const found = more.length === 0 ? diagnostics : withMore(source, diagnostics, more);
  return {
    file: {
      source,
      version: number && { value: Number(number.image), span: spanOfToken(source, number) },
      items,
      comments,
      span: { source, start: 0, end: source.text.length },
    },
    diagnostics: found,
    broken: brokenSections(items, found),
  };
}

/** The parser's findings with others, in the order of the text; none is added about lines that have one. */
function withMore(
  source: SourceFile,
  found: readonly Diagnostic[],
  more: readonly Diagnostic[],
): Diagnostic[] {
  const line = (offset: number) => source.position(offset).line;
  const taken = new Set(found.map((one) => line(startOf(one))));
  const others = more.filter((one) => {
    const starts = [startOf(one), ...one.secondary.map(({ span }) => span.start)].map(line);
    for (let at = Math.min(...starts); at <= Math.max(...starts); at++) if (taken.has(at)) return false;
    return true;
  });
  return [...found, ...others].sort((a, b) => startOf(a) - startOf(b));
}

function startOf({ at }: Diagnostic): number {
  return at !== null && "span" in at ? at.span.start : 0;
}

function emptyFile(source: SourceFile): File {
  return { source, version: null, items: [], comments: [], span: { source, start: 0, end: 0 } };
}

import type { IToken } from "chevrotain";
import type { Diagnostic, SourceFile } from "../diagnostics/index.js";
import { readConcrete } from "./concrete.js";
import { parse } from "./parse.js";

/** An early stage of a file as text, and what is wrong with the file as far as that stage can tell. */
export interface Emitted {
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The tokens of a file as the parser gets them, with its comments: a line each, `LINE:COLUMN`, a tab, the kind, a tab,
 * the text as a JSON string. Kinds: section, keyword, name, unit, number, index, string, punctuation, newline, comment.
 */
export function emitTokens(source: SourceFile): Emitted {
  const concrete = readConcrete(source);
  if ("code" in concrete) return { text: "", diagnostics: [concrete] };
  const tokens = [...concrete.tokens, ...(concrete.lexed.groups.comments ?? [])];
  const lines = tokens
    .sort((a, b) => a.startOffset - b.startOffset)
    .map((token) => {
      const { line, column } = source.position(token.startOffset);
      return `${line}:${column}\t${kindOf(token)}\t${JSON.stringify(token.image)}\n`;
    });
  return { text: lines.join(""), diagnostics: concrete.diagnostics };
}

/** The syntax tree of a file (`ast.ts`) as JSON; a span is `[start, end]`, offsets into the text from 0. */
export function emitTree(source: SourceFile): Emitted {
  const { file, diagnostics } = parse(source);
  const { source: _, ...tree } = file;
  const text = JSON.stringify(
    tree,
    (key, value: unknown) => (key === "span" || key === "keyword" ? offsets(value) : value),
    2,
  );
  return { text: `${text}\n`, diagnostics };
}

function offsets(value: unknown): unknown {
  const span = value as { start?: number; end?: number };
  return span.start === undefined ? value : [span.start, span.end];
}

const kinds: Readonly<Record<string, string>> = {
  Identifier: "name",
  StringLiteral: "string",
  BrokenString: "string",
  Index: "index",
  NumberLiteral: "number",
  NewLine: "newline",
  Comment: "comment",
};

function kindOf({ tokenType: { name } }: IToken): string {
  if (name.startsWith("Section_")) return "section";
  if (name.startsWith("Reserved_")) return "keyword";
  if (name.startsWith("Unit_")) return "unit";
  return kinds[name] ?? "punctuation";
}

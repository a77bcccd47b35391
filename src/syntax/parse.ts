import { layout } from "../../grammar/layout.js";
import { LeracParser } from "../../grammar/parser.js";
import {
  And,
  Comma,
  Dot,
  LeftBrace,
  lexer,
  Minus,
  NewLine,
  Not,
  Or,
  Plus,
  Question,
  RightBrace,
  Slash,
  Star,
  type Token,
} from "../../grammar/tokens.js";
import { type Diagnostic, error, type SourceFile } from "../diagnostics/index.js";
import type { Comment, File } from "./ast.js";
import { node, nodes, spanOfToken, token } from "./cst.js";
import { ItemBuilder } from "./items.js";
import { lexicalErrors, messageProvider, syntaxErrors } from "./syntax-errors.js";

export interface Parsed {
  readonly file: File;
  /** In source order. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Longest file, in characters. */
export const maximumFileLength = 1024 * 1024;
/** Deepest nesting of brackets. */
export const maximumNesting = 32;
/** Most operators in one value: what follows walks expressions recursively. */
export const maximumOperators = 256;

let parser: LeracParser | undefined;

/**
 * Reads one file. Total: it never throws on any text, and recovers from mistakes so that one pass reports them all;
 * what could not be understood is missing from the syntax tree.
 */
export function parse(source: SourceFile): Parsed {
  const limit = overLimit(source);
  if (limit !== null) return { file: emptyFile(source), diagnostics: [limit] };
  const lexed = lexer.tokenize(source.text);
  const tokens = layout(lexed.tokens, source.text);
  const chain = longChain(source, tokens);
  if (chain !== null) return { file: emptyFile(source), diagnostics: [chain] };
  parser ??= new LeracParser(messageProvider);
  parser.input = tokens;
  const cst = parser.file();
  const diagnostics = [
    ...lexicalErrors(source, lexed.errors, lexed.tokens),
    ...syntaxErrors(source, parser.errors, tokens),
  ].sort((a, b) => offset(a) - offset(b));

  const builder = new ItemBuilder(source);
  const version = node(cst, "version");
  const number = version && token(version, "NumberLiteral");
  const comments: Comment[] = (lexed.groups.comments ?? []).map((comment) => ({
    text: comment.image,
    span: spanOfToken(source, comment),
  }));
  return {
    file: {
      source,
      version: number && { value: Number(number.image), span: spanOfToken(source, number) },
      items: nodes(cst, "item").flatMap((item) => builder.item(item) ?? []),
      comments,
      span: { source, start: 0, end: source.text.length },
    },
    diagnostics,
  };
}

function emptyFile(source: SourceFile): File {
  return { source, version: null, items: [], comments: [], span: { source, start: 0, end: 0 } };
}

function offset(diagnostic: Diagnostic): number {
  return diagnostic.at !== null && "span" in diagnostic.at ? diagnostic.at.span.start : 0;
}

/** Sizes that would make reading slow or overflow the parser's stack, found in one pass over the characters. */
function overLimit(source: SourceFile): Diagnostic | null {
  const { text } = source;
  if (text.length > maximumFileLength) {
    return error(
      "L0001",
      `the file has ${text.length.toLocaleString("en")} characters; the limit is 1,048,576`,
      {
        at: { place: source.name },
        helps: ["move blocks into files of their own and `import` them"],
      },
    );
  }
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 10) inString = false;
    else if (inString) {
      if (c === 92) i++;
      else if (c === 34) inString = false;
    } else if (c === 34) inString = true;
    else if (c === 35) {
      const end = text.indexOf("\n", i);
      i = end === -1 ? text.length : end - 1;
    } else if (c === 123 || c === 40 || c === 91) {
      depth++;
      if (depth > maximumNesting) {
        return error("L0002", `brackets are nested more than ${maximumNesting} deep`, {
          at: { span: { source, start: i, end: i + 1 }, text: `level ${depth}` },
          helps: ["give the inner part a name of its own with `block`"],
        });
      }
    } else if (c === 125 || c === 41 || c === 93) depth = Math.max(0, depth - 1);
  }
  return null;
}

const separators = new Set<unknown>([NewLine, Comma, LeftBrace, RightBrace]);
const operators = new Set<unknown>([Minus, Plus, Star, Slash, Question, And, Or, Not, Dot]);

function longChain(source: SourceFile, tokens: readonly Token[]): Diagnostic | null {
  let count = 0;
  for (const token of tokens) {
    if (separators.has(token.tokenType)) count = 0;
    else if (operators.has(token.tokenType) && ++count > maximumOperators) {
      return error("L0003", `one value has more than ${maximumOperators} operators`, {
        at: { span: spanOfToken(source, token), text: `operator ${count}` },
        helps: ["name parts of it with `param`"],
      });
    }
  }
  return null;
}

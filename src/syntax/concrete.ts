import type { CstNode, ILexingResult, IRecognitionException, IToken } from "chevrotain";
import { layout } from "../../grammar/layout.js";
import { LeracParser } from "../../grammar/parser.js";
import { lexer } from "../../grammar/tokens.js";
import type { Diagnostic, SourceFile } from "../diagnostics/index.js";
import { lexicalErrors } from "./lexical-errors.js";
import { longChain, overLimit } from "./limits.js";
import { messageProvider, syntaxErrors } from "./syntax-errors.js";

/** A file as tokens and concrete tree. */
export interface Concrete {
  readonly lexed: ILexingResult;
  /** After `layout`: what the parser saw. */
  readonly tokens: readonly IToken[];
  readonly cst: CstNode;
  /** In source order. */
  readonly diagnostics: readonly Diagnostic[];
}

/** One parser serves all files, and one all those with mistakes: making one analyses the whole grammar. */
const shared: { plain?: LeracParser; recovering?: LeracParser } = {};

function plainParser(): LeracParser {
  shared.plain ??= new LeracParser(messageProvider, false);
  return shared.plain;
}

function recoveringParser(): LeracParser {
  shared.recovering ??= new LeracParser(messageProvider, true);
  return shared.recovering;
}

/** Most files are right, and read faster by a parser that can't recover; the others are read again. */
function readFile(tokens: IToken[]): { readonly cst: CstNode; readonly errors: IRecognitionException[] } {
  const plain = plainParser();
  plain.input = tokens;
  const cst = plain.file();
  if (plain.errors.length === 0) return { cst, errors: [] };
  const recovering = recoveringParser();
  recovering.input = tokens;
  return { cst: recovering.file(), errors: recovering.errors };
}

/** Reads a file up to its concrete tree; a file over a limit gives the one diagnostic that says so. */
export function readConcrete(source: SourceFile): Concrete | Diagnostic {
  const limit = overLimit(source);
  if (limit !== null) return limit;
  const lexed = lexer.tokenize(source.text);
  const tokens = layout(lexed.tokens, source.text);
  const chain = longChain(source, tokens);
  if (chain !== null) return chain;
  const { cst, errors } = readFile(tokens);
  const lexical = lexicalErrors(source, lexed.errors, lexed.tokens);
  const diagnostics = [...lexical, ...syntaxErrors(source, errors, tokens, lexical)].sort(
    (a, b) => offset(a) - offset(b),
  );
  return { lexed, tokens, cst, diagnostics };
}

/** Rules that the formatter tries on a part of a file. */
export type PartRule = "file" | "setting" | "statement" | "arm" | "claim";

/** Whether these tokens, all of them, are one such part. */
export function parses(rule: PartRule, tokens: readonly IToken[]): boolean {
  const reader = plainParser();
  reader.input = [...tokens];
  reader[rule]();
  return reader.errors.length === 0;
}

function offset(diagnostic: Diagnostic): number {
  return diagnostic.at !== null && "span" in diagnostic.at ? diagnostic.at.span.start : 0;
}

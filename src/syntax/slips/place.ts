import type { IToken } from "chevrotain";
import { Name, NewLine } from "../../../grammar/tokens.js";
import type { SourceFile, Span } from "../../diagnostics/index.js";
import { openParenthesis, sectionOf } from "../brackets.js";

/** A token at which the parser could not go on, with what stands around it. */
export interface Place {
  readonly source: SourceFile;
  readonly tokens: readonly IToken[];
  readonly index: number;
  readonly token: IToken;
  /** Null at the start of the file. */
  readonly previous: IToken | null;
  readonly next: IToken | null;
  /** The word of the section around. */
  readonly section: string | null;
  readonly inParentheses: boolean;
  /** Whether `previous` is the first word of its line. */
  readonly second: boolean;
}

/** What stands around a token; null for one that the parser made up. */
export function placeOf(source: SourceFile, tokens: readonly IToken[], token: IToken): Place | null {
  const index = tokens.indexOf(token);
  if (index === -1) return null;
  const beforePrevious = tokens[index - 2];
  return {
    source,
    tokens,
    index,
    token,
    previous: tokens[index - 1] ?? null,
    next: tokens[index + 1] ?? null,
    section: sectionOf(tokens, index),
    inParentheses: openParenthesis(tokens, token) !== null,
    second:
      beforePrevious === undefined || beforePrevious.tokenType === NewLine || beforePrevious.image === "{",
  };
}

/** Sections of `name value`. */
export const settingSections: readonly string[] = ["experiment", "dataset", "names", "curriculum", "train"];

/** Whether a token may be a name. */
export function isName(token: IToken): boolean {
  return token.tokenType === Name || (token.tokenType.CATEGORIES?.includes(Name) ?? false);
}

/** Whether nothing stands between two tokens. */
export function touch(a: IToken, b: IToken): boolean {
  return a.startOffset + a.image.length === b.startOffset;
}

export function sameLine(source: SourceFile, a: IToken, b: IToken): boolean {
  return source.position(a.startOffset).line === source.position(b.startOffset).line;
}

/** A sign with the spaces around it, replaced. */
export function replaceSign(
  source: SourceFile,
  sign: IToken,
  replacement: string,
): { span: Span; replacement: string } {
  let start = sign.startOffset;
  let end = start + sign.image.length;
  while (source.text[start - 1] === " ") start--;
  while (source.text[end] === " ") end++;
  return { span: { source, start, end }, replacement };
}

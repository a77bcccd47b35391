import type { ILexingResult, IToken, TokenType } from "chevrotain";
import { layout } from "../../../grammar/layout.js";
import { BrokenString, Identifier } from "../../../grammar/tokens.js";

/** A comment and how it stands in the text. */
export interface Remark {
  /** With its `#`, without white space at its end. */
  readonly comment: string;
  readonly start: number;
  readonly end: number;
  /** No code before it on its line. */
  readonly ownLine: boolean;
  /** At least one empty line above it. */
  readonly blankBefore: boolean;
}

export type Piece = IToken | Remark;

export function isRemark(piece: object): piece is Remark {
  return "comment" in piece;
}

/** What stands for characters that the lexer knows nothing of, so that they are not lost. */
const foreign: TokenType = { ...Identifier, name: "Foreign", CATEGORIES: [] };

/** Whether a token makes what it stands in unreadable, whatever the parser says. */
export function isForeign(token: IToken): boolean {
  return token.tokenType === foreign || token.tokenType === BrokenString;
}

/** The tokens after `layout`, with comments and foreign characters, all in the order of the text. */
export function piecesOf(text: string, lexed: ILexingResult): Piece[] {
  const unknown = lexed.errors.map(
    (problem): IToken => ({
      image: text.slice(problem.offset, problem.offset + problem.length),
      startOffset: problem.offset,
      tokenType: foreign,
      tokenTypeIdx: -1,
    }),
  );
  const all = [...lexed.tokens, ...unknown];
  if (unknown.length > 0) all.sort((a, b) => a.startOffset - b.startOffset);
  const tokens = layout(all, text);
  const comments = lexed.groups.comments ?? [];
  const pieces: Piece[] = [];
  let next = 0;
  // A comment ends its line, so of a comment and the line end behind it the comment comes first.
  for (const token of [...tokens, null]) {
    for (; next < comments.length; next++) {
      const comment = comments[next] as IToken;
      if (token !== null && comment.startOffset > token.startOffset) break;
      pieces.push(remark(comment, text));
    }
    if (token !== null) pieces.push(token);
  }
  return pieces;
}

function remark(token: IToken, text: string): Remark {
  const comment = token.image.trimEnd();
  const start = token.startOffset;
  const gap = spaceBefore(text, start);
  return {
    comment,
    start,
    end: start + comment.length,
    ownLine: gap.includes("\n") || gap.length === start,
    blankBefore: hasBlankLine(gap),
  };
}

/** Whether at least one empty line stands above what begins at an offset. */
export function blankAbove(text: string, start: number): boolean {
  return hasBlankLine(spaceBefore(text, start));
}

function spaceBefore(text: string, offset: number): string {
  let start = offset;
  while (start > 0 && " \t\n".includes(text[start - 1] as string)) start--;
  return text.slice(start, offset);
}

function hasBlankLine(gap: string): boolean {
  return gap.indexOf("\n") !== gap.lastIndexOf("\n");
}

export function startOf(piece: Piece): number {
  return isRemark(piece) ? piece.start : piece.startOffset;
}

export function endOf(piece: Piece): number {
  return isRemark(piece) ? piece.end : piece.startOffset + piece.image.length;
}

import type { IToken, TokenType } from "chevrotain";
import { LeftBrace, LeftBracket, LeftParenthesis, RightBrace, sectionTokens } from "../../grammar/tokens.js";

/** The innermost `{` that is open before an offset. */
export function openBrace(tokens: readonly IToken[], before: number): IToken | null {
  const open: IToken[] = [];
  for (const token of tokens) {
    if (token.startOffset >= before) break;
    if (token.tokenType === LeftBrace) open.push(token);
    else if (token.tokenType === RightBrace) open.pop();
  }
  return open[open.length - 1] ?? null;
}

/** The innermost `(` that is open before a token and was not closed by it. */
export function openParenthesis(tokens: readonly IToken[], before: IToken): IToken | null {
  const open: IToken[] = [];
  for (const token of tokens) {
    if (token === before || token.startOffset > before.startOffset) break;
    if (token.tokenType === LeftBrace || token.tokenType === RightBrace) open.length = 0;
    else if (token.tokenType === LeftParenthesis) open.push(token);
    else if (token.image === ")") open.pop();
  }
  return open[open.length - 1] ?? null;
}

/** The innermost `(` or `[` that is open before a token and was not closed by it. */
export function openBracket(tokens: readonly IToken[], before: IToken): IToken | null {
  const open: IToken[] = [];
  for (const token of tokens) {
    if (token === before || token.startOffset > before.startOffset) break;
    if (token.tokenType === LeftBrace || token.tokenType === RightBrace) open.length = 0;
    else if (token.tokenType === LeftParenthesis || token.tokenType === LeftBracket) open.push(token);
    else if (token.image === ")" || token.image === "]") open.pop();
  }
  return open[open.length - 1] ?? null;
}

/** Whether a token begins a section, or an import. */
export function sectionStarts(token: IToken): boolean {
  return (sectionTokens as readonly TokenType[]).includes(token.tokenType) || token.image === "import";
}

/** The word of the section in which a token stands; null before the first. */
export function sectionOf(tokens: readonly IToken[], index: number): string | null {
  return tokens.slice(0, index + 1).findLast(sectionStarts)?.image ?? null;
}

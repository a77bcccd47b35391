import { createTokenInstance, type IToken } from "chevrotain";
import {
  Identifier,
  Import,
  LeftBrace,
  LeftBracket,
  LeftParenthesis,
  Lerac,
  NewLine,
  Pipe,
  RightBrace,
  RightBracket,
  RightParenthesis,
  sectionTokens,
} from "./tokens.js";

const sections = new Set<unknown>(sectionTokens);

/**
 * What depends on open brackets, decided between lexer and parser:
 *
 * - Which line ends count. One inside `(` or `[`, one after `{` or before `}`, one before a line that starts with
 *   `|>`, a leading one and a repeated one go; the file always ends with one. A `{`, its `}`, or a section word in the first column forget what
 *   was left open, so that one forgotten `)` doesn't swallow the file.
 * - Where section words are special: at the start of a line that is outside of braces or not indented. Elsewhere, as
 *   in the setting `train split(train)`, they are plain names. `lerac` is special as the first word of the file.
 */
export function layout(tokens: readonly IToken[], text: string): IToken[] {
  const kept: IToken[] = [];
  let open: unknown[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as IToken;
    // The lexer left it out; the spans of rules are made from it.
    token.endOffset = token.startOffset + token.image.length - 1;
    const type = token.tokenType;
    if (type === NewLine) {
      // Of several (empty lines, lines with a comment) the first stands for all.
      while (tokens[i + 1]?.tokenType === NewLine) i++;
      const next = tokens[i + 1];
      const resets = next !== undefined && opensSection(next, text);
      if (resets) open = [];
      const inside = open[open.length - 1];
      const continued = inside === LeftParenthesis || inside === LeftBracket;
      const last = kept[kept.length - 1];
      const besideBrace = last?.tokenType === LeftBrace || next?.tokenType === RightBrace;
      if (continued || besideBrace || last === undefined || next?.tokenType === Pipe) continue;
      kept.push(token);
      continue;
    }
    if (type === LeftParenthesis || type === LeftBracket) open.push(type);
    else if (type === LeftBrace) open = [...open.filter((bracket) => bracket === LeftBrace), type];
    else if (type === RightBrace) open = open.filter((bracket) => bracket === LeftBrace).slice(0, -1);
    else if ((type === RightParenthesis || type === RightBracket) && open[open.length - 1] !== LeftBrace) {
      open.pop();
    }
    kept.push(isWord(type) && !isSpecial(token, kept, open.length, text) ? asName(token) : token);
  }
  const last = kept[kept.length - 1];
  if (last !== undefined && last.tokenType !== NewLine) {
    const end = (last.endOffset ?? last.startOffset) + 1;
    // Empty: it stands where the text ends, between two characters.
    const none = Number.NaN;
    kept.push(createTokenInstance(NewLine, "", end, end - 1, none, none, none, none));
  }
  return kept;
}

function isWord(type: unknown): boolean {
  return sections.has(type) || type === Lerac;
}

function isSpecial(token: IToken, before: readonly IToken[], depth: number, text: string): boolean {
  const previous = before[before.length - 1];
  if (token.tokenType === Lerac) return previous === undefined;
  const startsLine = previous === undefined || previous.tokenType === NewLine;
  return (startsLine && depth === 0) || opensSection(token, text);
}

/** Whether a token begins a section wherever it stands: a section word, or `import`, in the first column. */
export function opensSection(token: IToken, text: string): boolean {
  const before = text[token.startOffset - 1];
  const firstColumn = token.startOffset === 0 || before === "\n" || before === "\r";
  return firstColumn && (sections.has(token.tokenType) || token.tokenType === Import);
}

function asName(token: IToken): IToken {
  return { ...token, tokenType: Identifier, tokenTypeIdx: Identifier.tokenTypeIdx as number };
}

import { tokenMatcher } from "chevrotain";
import {
  And,
  Comma,
  Dot,
  LeftBrace,
  LeftBracket,
  LeftParenthesis,
  Minus,
  Name,
  NewLine,
  Not,
  Or,
  Plus,
  Question,
  RightBrace,
  RightBracket,
  RightParenthesis,
  Slash,
  Star,
  StringLiteral,
  type Token,
} from "../../grammar/tokens.js";
import { formatCount } from "../base/format.js";
import { maximumSpecLength } from "../base/spec-size.js";
import { type Diagnostic, error, type SourceFile } from "../diagnostics/index.js";
import { spanOfToken } from "./cst.js";

/** Deepest nesting of brackets. */
export const maximumNesting = 32;
/** Most operators in one value: what follows walks expressions recursively. */
export const maximumOperators = 256;

/** Longest name, in characters. */
export const maximumName = 64;
/** Longest string, in characters, its quotes not counted. */
export const maximumString = 4096;
/** Most items between two brackets. */
export const maximumItems = 4096;

/** Sizes that would make reading slow or overflow the parser's stack, found in one pass over the characters. */
export function overLimit(source: SourceFile): Diagnostic | null {
  const { text } = source;
  if (text.length > maximumSpecLength) {
    return error("L0001", `the file has ${formatCount(text.length)} characters; the limit is 1,048,576`, {
      at: { place: source.name },
      helps: ["move blocks into files of their own and `import` them"],
    });
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

/** A value with more operators than the recursive passes can walk. */
export function longChain(source: SourceFile, tokens: readonly Token[]): Diagnostic | null {
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

/** Names, strings and lists that are longer than a reader, or a table, can hold. */
export function tooLong(source: SourceFile, tokens: readonly Token[]): Diagnostic[] {
  const found: Diagnostic[] = [];
  const report = (token: Token, what: string, size: number, limit: number) => {
    const counts = `${formatCount(size)}; the limit is ${formatCount(limit)}`;
    found.push(
      error("L0017", `${what} ${counts}`, {
        at: { span: spanOfToken(source, token), text: "longer than the language allows" },
      }),
    );
  };
  const open: { bracket: Token; commas: number }[] = [];
  for (const token of tokens) {
    const type = token.tokenType;
    const { length } = token.image;
    if (length > maximumName && tokenMatcher(token, Name)) {
      report(token, `the characters of the name \`${token.image.slice(0, 16)}…\` are`, length, maximumName);
    } else if (length - 2 > maximumString && type === StringLiteral) {
      report(token, "the characters of this string are", length - 2, maximumString);
    } else if (type === LeftParenthesis || type === LeftBracket) open.push({ bracket: token, commas: 0 });
    else if (type === Comma) {
      const innermost = open[open.length - 1];
      if (innermost !== undefined) innermost.commas++;
    } else if (type === RightParenthesis || type === RightBracket) {
      const closed = open.pop();
      if (closed !== undefined && closed.commas >= maximumItems) {
        report(closed.bracket, "the items of this list are", closed.commas + 1, maximumItems);
      }
    } else if (type === LeftBrace || type === RightBrace) open.length = 0;
  }
  return found;
}

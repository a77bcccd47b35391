import type { ILexingError, IToken } from "chevrotain";
import { BrokenString } from "../../grammar/tokens.js";
import { type Diagnostic, type DiagnosticParts, error, type SourceFile } from "../diagnostics/index.js";
import { spanOfToken } from "./cst.js";

/** Characters that keyboards, word processors and other languages put where the language has one of its own. */
const meant: ReadonlyMap<string, { readonly write: string; readonly why: string }> = new Map([
  ...[..."'‘’‚“”„«»"].map(
    (quote) => [quote, { write: '"', why: "strings stand in straight quotes" }] as const,
  ),
  ["→", { write: "->", why: "an arrow is two characters" }],
  ["−", { write: "-", why: "the minus of the keyboard" }],
  ["–", { write: "..", why: "a range has two dots" }],
  ["×", { write: "*", why: "a product" }],
  ["·", { write: "*", why: "a product" }],
  ["≤", { write: "<=", why: "a comparison is two characters" }],
  ["≥", { write: ">=", why: "a comparison is two characters" }],
  ["≠", { write: "!=", why: "a comparison is two characters" }],
  ["&&", { write: "and", why: "conditions are joined by words" }],
  ["||", { write: "or", why: "conditions are joined by words" }],
  ["!", { write: "not ", why: "conditions are turned round by a word" }],
  ["|", { write: "|>", why: "a pipeline" }],
  [";", { write: "", why: "a line end ends a statement" }],
  ["\\", { write: "", why: "a line goes on inside `(` and where the next begins with `|>`" }],
  ["\u00a0", { write: " ", why: "a space that word processors make" }],
]);

/** What characters and strings were wrong before there was any grammar. */
export function lexicalErrors(
  source: SourceFile,
  errors: readonly ILexingError[],
  tokens: readonly IToken[],
): Diagnostic[] {
  const characters = errors.map((problem) => wrongCharacter(source, problem));
  const strings = tokens
    .filter((token) => token.tokenType === BrokenString)
    .map((token) => brokenString(source, token));
  return [...characters, ...strings];
}

function wrongCharacter(source: SourceFile, { offset, length }: ILexingError): Diagnostic {
  const span = { source, start: offset, end: offset + length };
  const text = source.text.slice(span.start, span.end);
  const single = [...text].length === 1;
  return error("L0101", `\`${text}\` is not ${single ? "used " : ""}in the language`, {
    at: {
      span,
      text: (text.codePointAt(0) ?? 0) > 127 ? "only ASCII outside strings and comments" : "can't stand here",
    },
    helps: instead(source, span.start, text),
  });
}

function instead(source: SourceFile, start: number, text: string): NonNullable<DiagnosticParts["helps"]> {
  const known = meant.get(text) ?? meant.get(text.slice(0, 1));
  if (known === undefined) return [];
  const length = meant.has(text) ? text.length : 1;
  const span = { source, start, end: start + length };
  const write =
    known.write.trim() === ""
      ? `leave it out: ${known.why}`
      : `write \`${known.write.trim()}\`: ${known.why}`;
  return [{ text: write, edits: [{ span, replacement: known.write }] }];
}

function brokenString(source: SourceFile, token: IToken): Diagnostic {
  const unknown = /\\[^"\\nt]/.exec(token.image);
  const at = spanOfToken(source, token);
  if (unknown !== null && /[^\\]"/.test(token.image.slice(unknown.index))) {
    const start = at.start + unknown.index;
    return error("L0103", `\`${unknown[0]}\` is not an escape of strings`, {
      at: { span: { source, start, end: start + 2 }, text: 'known are `\\"`, `\\\\`, `\\n`, `\\t`' },
      helps: ["paths are written with `/`, on every system"],
    });
  }
  return error("L0102", "this string has no closing quote", {
    at: { span: at, text: "the line ends inside the string" },
    helps: ['close it with `"` on the same line'],
  });
}

import type {
  ILexingError,
  IParserErrorMessageProvider,
  IRecognitionException,
  IToken,
  TokenType,
} from "chevrotain";
import {
  BrokenString,
  LeftBrace,
  LeftParenthesis,
  NewLine,
  RightBrace,
  reservedWords,
  sectionTokens,
} from "../../grammar/tokens.js";
import { suggest } from "../base/suggest.js";
import { type Diagnostic, error, type SourceFile, type Span } from "../diagnostics/index.js";
import { spanOfToken } from "./cst.js";

/**
 * The parser's own words are for those who write grammars. The provider passes on only which token it wanted; the
 * sentences are made here, from that and from the text around.
 */
export const messageProvider: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected }) => expected.LABEL ?? "",
  buildNotAllInputParsedMessage: () => "",
  buildNoViableAltMessage: () => "",
  buildEarlyExitMessage: () => "",
};

/** What characters and strings were wrong before there was any grammar. */
export function lexicalErrors(
  source: SourceFile,
  errors: readonly ILexingError[],
  tokens: readonly IToken[],
): Diagnostic[] {
  const characters = errors.map((problem) => {
    const span = { source, start: problem.offset, end: problem.offset + problem.length };
    const text = source.text.slice(span.start, span.end);
    const alone =
      text.length === 1 ? `\`${text}\` is not used in the language` : `\`${text}\` is not in the language`;
    const quotes = /^['‘’“”]/.test(text);
    return error("L0101", alone, {
      at: {
        span,
        text: text.charCodeAt(0) > 127 ? "only ASCII outside strings and comments" : "can't stand here",
      },
      helps: quotes ? ['strings stand in straight double quotes: `"…"`'] : [],
    });
  });
  const strings = tokens
    .filter((token) => token.tokenType === BrokenString)
    .map((token) => {
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
    });
  return [...characters, ...strings];
}

/** The parser's findings as sentences; of several on one line only the first, the others follow from it. */
export function syntaxErrors(
  source: SourceFile,
  errors: readonly IRecognitionException[],
  tokens: readonly IToken[],
): Diagnostic[] {
  const lines = new Set<number>();
  const brokenStrings = new Set(
    tokens
      .filter((token) => token.tokenType === BrokenString)
      .map((token) => source.position(token.startOffset).line),
  );
  const found: Diagnostic[] = [];
  for (const problem of errors) {
    const start = Number.isNaN(problem.token.startOffset) ? source.text.length : problem.token.startOffset;
    const { line } = source.position(start);
    if (lines.has(line) || brokenStrings.has(line)) continue;
    lines.add(line);
    found.push(describe(source, problem, tokens));
  }
  return found;
}

function describe(source: SourceFile, problem: IRecognitionException, tokens: readonly IToken[]): Diagnostic {
  const { token } = problem;
  const rules = problem.context.ruleStack;
  const rule = rules[rules.length - 1] ?? "file";
  const atEnd = Number.isNaN(token.startOffset) || token.startOffset >= lastOffset(tokens);
  const unclosed = openBrace(tokens, atEnd ? Number.POSITIVE_INFINITY : token.startOffset);

  if (atEnd && unclosed !== null) return endsInside(source, unclosed);
  const previous = tokens[tokens.indexOf(token) - 1];
  const wanted = problem.name === "MismatchedTokenException" ? problem.message : "";
  if (sectionStarts(token) && unclosed !== null && rule !== "file")
    return endsInside(source, unclosed, token);

  const parenthesis = openParenthesis(tokens, token);
  if (
    parenthesis !== null &&
    (token.tokenType === NewLine || token.tokenType === RightBrace || !sameLine(source, parenthesis, token))
  ) {
    const name = tokens[tokens.indexOf(parenthesis) - 1];
    return error("L0105", `the \`(\` of \`${name?.image ?? ""}\` is not closed`, {
      at: { span: spanOfToken(source, parenthesis), text: "opened here" },
      helps: ["add `)` where its arguments end"],
    });
  }

  const span = tokenSpan(source, token);
  const written = token.image.trim() === "" ? "the line" : `\`${shorten(token.image)}\``;
  if (reservedWords.includes(token.image) && wanted === "a name") {
    return error("L0104", `\`${token.image}\` is a word of the language and can't be a name`, {
      at: { span, text: "a name is needed here" },
      helps: [`choose another name, such as \`${token.image}_1\``],
    });
  }
  if (rule === "file" || rule === "item") return atTopLevel(source, token, span);
  if (token.tokenType === NewLine || token.image === "") {
    return error("L0110", `the line ends before it is complete`, {
      at: { span, text: `${expectation(rule, wanted)} is missing here` },
    });
  }
  if (rule === "statements" || rule === "settings" || rule === "compare" || rule === "expect") {
    return error("L0111", `${written} can't follow on this line`, {
      at: {
        span,
        text: previous ? `the line is complete after \`${shorten(previous.image)}\`` : "can't stand here",
      },
      helps: ["write one fact a line"],
    });
  }
  return error("L0110", `${written} can't stand here`, {
    at: { span, text: `${expectation(rule, wanted)} is needed here` },
  });
}

/** What a reader would call that which a rule wants. */
function expectation(rule: string, wanted: string): string {
  if (wanted !== "") return wanted;
  switch (rule) {
    case "layer":
    case "layerStatement":
    case "statement":
      return "a layer";
    case "call":
      return "a name";
    case "setting":
      return "the name of a setting";
    case "segment":
      return "a part of an address";
    case "item":
      return "a section";
    default:
      return "a value";
  }
}

function atTopLevel(source: SourceFile, token: IToken, span: Span): Diagnostic {
  if (token.image === "}") {
    return error("L0107", "this `}` closes nothing", { at: { span, text: "no `{` is open" } });
  }
  if (token.image === "lerac" || /^lerac\b/.test(source.text.trimStart()) === false) {
    const first = token.startOffset === firstOffset(source.text);
    if (first || token.image === "lerac") {
      return error("L0108", "the first statement of a file is `lerac 1`", {
        at: { span, text: "before this, the version of the language" },
        helps: [
          {
            text: "add the line `lerac 1`",
            edits: [{ span: { source, start: 0, end: 0 }, replacement: "lerac 1\n\n" }],
          },
        ],
      });
    }
  }
  const words = [...sectionTokens.map((type: TokenType) => type.PATTERN as string), "import"];
  const near = suggest(token.image, words);
  return error("L0106", `there is no section called \`${shorten(token.image)}\``, {
    at: { span, text: "a file consists of sections" },
    notes: near.length > 0 ? [] : [`sections are ${words.map((word) => `\`${word}\``).join(", ")}`],
    helps:
      near.length > 0
        ? [{ text: `did you mean \`${near[0]}\`?`, edits: [{ span, replacement: near[0] ?? "" }] }]
        : [],
  });
}

function endsInside(source: SourceFile, brace: IToken, next?: IToken): Diagnostic {
  const line = source.position(brace.startOffset).line;
  const head = source
    .lineText(line)
    .trim()
    .replace(/\s*#.*$/, "");
  const what = next === undefined ? "the file ends" : `\`${next.image}\` begins`;
  return error("L0109", `${what} inside \`${shorten(head)}\` (line ${line})`, {
    at:
      next === undefined
        ? { span: spanOfToken(source, brace), text: "never closed" }
        : { span: spanOfToken(source, next), text: "a new section" },
    secondary: next === undefined ? [] : [{ span: spanOfToken(source, brace), text: "never closed" }],
    helps: ["add the missing `}`"],
  });
}

/** The innermost `{` that is open before an offset. */
function openBrace(tokens: readonly IToken[], before: number): IToken | null {
  const open: IToken[] = [];
  for (const token of tokens) {
    if (token.startOffset >= before) break;
    if (token.tokenType === LeftBrace) open.push(token);
    else if (token.tokenType === RightBrace) open.pop();
  }
  return open[open.length - 1] ?? null;
}

/** The innermost `(` that is open before a token and was not closed by it. */
function openParenthesis(tokens: readonly IToken[], before: IToken): IToken | null {
  const open: IToken[] = [];
  for (const token of tokens) {
    if (token === before || token.startOffset > before.startOffset) break;
    if (token.tokenType === LeftBrace || token.tokenType === RightBrace) open.length = 0;
    else if (token.tokenType === LeftParenthesis) open.push(token);
    else if (token.image === ")") open.pop();
  }
  return open[open.length - 1] ?? null;
}

function sectionStarts(token: IToken): boolean {
  return (sectionTokens as readonly TokenType[]).includes(token.tokenType) || token.image === "import";
}

function sameLine(source: SourceFile, a: IToken, b: IToken): boolean {
  return source.position(a.startOffset).line === source.position(b.startOffset).line;
}

/** A token's span; a line end is shown as the place behind the last character. */
function tokenSpan(source: SourceFile, token: IToken): Span {
  if (token.tokenType !== NewLine) return spanOfToken(source, token);
  return { source, start: token.startOffset, end: token.startOffset };
}

function lastOffset(tokens: readonly IToken[]): number {
  return tokens[tokens.length - 1]?.startOffset ?? 0;
}

function firstOffset(text: string): number {
  return /^(?:\s|#[^\n]*)*/.exec(text)?.[0].length ?? 0;
}

function shorten(text: string): string {
  const line = text.split("\n")[0] ?? "";
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}

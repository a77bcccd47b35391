import type { IParserErrorMessageProvider, IRecognitionException, IToken, TokenType } from "chevrotain";
import { LeftBrace, NewLine, RightBrace, reservedWords, sectionTokens } from "../../grammar/tokens.js";
import { suggest } from "../base/suggest.js";
import { type Diagnostic, error, type SourceFile, type Span } from "../diagnostics/index.js";
import { openBrace, openBracket, sectionStarts } from "./brackets.js";
import { spanOfToken } from "./cst.js";
import { slip } from "./slips/index.js";

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

/**
 * The parser's findings as sentences; of several on one line only the first, the others follow from it. So do those on a
 * line with a character or string that is none, and those behind a head of a section that could not be read.
 *
 * @param lexical what was found before on the level of characters
 */
export function syntaxErrors(
  source: SourceFile,
  errors: readonly IRecognitionException[],
  tokens: readonly IToken[],
  lexical: readonly Diagnostic[],
): Diagnostic[] {
  const lines = new Set(lexical.map((diagnostic) => lineOf(source, diagnostic)));
  const conflict = mergeConflict(source);
  const found: Diagnostic[] = conflict === null ? [] : [conflict.diagnostic];
  let headBroken = false;
  for (const problem of errors) {
    const start = Number.isNaN(problem.token.startOffset) ? source.text.length : problem.token.startOffset;
    const { line } = source.position(start);
    if (lines.has(line) || conflict?.lines.has(line)) continue;
    lines.add(line);
    const diagnostic = describe(source, problem, tokens);
    const first = source.lineText(line).split(/\W/, 1)[0] ?? "";
    const head = sectionTokens.some((type) => type.PATTERN === first);
    const unclosed = found.some((other) => other.code === "L0109");
    const follows =
      (headBroken && !head && diagnostic.code === "L0106") ||
      ((headBroken || unclosed) && diagnostic.code === "L0107") ||
      (found.length > 0 && isInside(diagnostic, tokens));
    if (head) headBroken = true;
    // A bracket before a broken string is open only because the string took its end.
    if (follows || lexical.some((other) => lineOf(source, other) === lineOf(source, diagnostic))) continue;
    if (!found.some((other) => sameFault(other, diagnostic))) found.push(diagnostic);
  }
  return found;
}

/** Whether recovery took for the top level what stands in a body, or for surplus the brace that closes one. */
function isInside({ code, at }: Diagnostic, tokens: readonly IToken[]): boolean {
  if ((code !== "L0106" && code !== "L0107") || at === null || !("span" in at)) return false;
  return openBrace(tokens, at.span.start) !== null;
}

/** One bracket that is never closed stops the parser at the end of a line, and again at the end of the file. */
function sameFault(a: Diagnostic, b: Diagnostic): boolean {
  const start = ({ at }: Diagnostic) => (at !== null && "span" in at ? at.span.start : -1);
  return a.code === b.code && start(a) === start(b);
}

function lineOf(source: SourceFile, { at }: Diagnostic): number {
  return at !== null && "span" in at ? source.position(at.span.start).line : 0;
}

/** What version control leaves where two versions of a file contradict each other. */
function mergeConflict(source: SourceFile): { diagnostic: Diagnostic; lines: Set<number> } | null {
  const marks = [...source.text.matchAll(/^(<{7}|={7}|>{7})(?![<=>]).*$/gm)];
  const [first] = marks;
  const last = marks[marks.length - 1];
  if (first === undefined || last === undefined || !first[0].startsWith("<")) return null;
  const span = { source, start: first.index, end: first.index + first[0].trimEnd().length };
  const lines = new Set<number>();
  const end = source.position(last.index).line;
  for (let line = source.position(first.index).line; line <= end; line++) lines.add(line);
  return {
    diagnostic: error("L0110", "two versions of these lines were never merged", {
      at: { span, text: "left by version control" },
      helps: ["keep the lines of one version, and none of the marks `<<<<<<<`, `=======`, `>>>>>>>`"],
    }),
    lines,
  };
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

  const bracket = openBracket(tokens, token);
  const known = slip(source, tokens, token);
  if (known !== null) return known;
  if (
    bracket !== null &&
    (token.tokenType === NewLine || token.tokenType === RightBrace || !sameLine(source, bracket, token))
  ) {
    return notClosed(source, tokens, bracket);
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
  if (token.image === "{" && unclosed !== null) {
    const head = firstOfLine(source, tokens, token);
    if (head !== null && sectionTokens.some((type) => type.PATTERN === head.image)) {
      return endsInside(source, unclosed, head);
    }
  }
  if (token.tokenType === NewLine || token.image === "") {
    return error("L0110", `the line ends before it is complete`, {
      at: { span, text: `${expectation(rule, wanted)} is missing here` },
    });
  }
  const inBody = rule === "statements" || rule === "settings" || rule === "compare" || rule === "expect";
  if (inBody && previous?.tokenType !== NewLine && previous?.tokenType !== LeftBrace) {
    return error("L0111", `${written} can't follow on this line`, {
      at: {
        span,
        text: previous ? `the line is complete after \`${shorten(previous.image)}\`` : "can't stand here",
      },
      helps: [
        rule === "statements"
          ? "write one layer a line"
          : "write one fact a line; several values are separated by `,`",
      ],
    });
  }
  return error("L0110", `${written} can't stand here`, {
    at: { span, text: `${expectation(rule, wanted)} is needed here` },
  });
}

function notClosed(source: SourceFile, tokens: readonly IToken[], bracket: IToken): Diagnostic {
  const name = tokens[tokens.indexOf(bracket) - 1];
  const of = name !== undefined && /^\w/.test(name.image) ? ` of \`${shorten(name.image)}\`` : "";
  return error("L0105", `the \`${bracket.image}\`${of} is not closed`, {
    at: { span: spanOfToken(source, bracket), text: "opened here" },
    helps: [
      bracket.image === "(" ? "add `)` where its arguments end" : "add `]` behind the last item of the list",
    ],
  });
}

/** What a reader would call that which a rule wants. */
function expectation(rule: string, wanted: string): string {
  if (rule === "experiment" && wanted === "a string") return "a title in quotes";
  if (wanted !== "") return wanted;
  switch (rule) {
    case "layer":
    case "layerStatement":
    case "statement":
      return "a layer";
    case "statements":
      return "a layer";
    case "settings":
      return "the name of a setting";
    case "compare":
      return "a curriculum";
    case "expect":
      return "a claim";
    case "importItem":
      return "a path in quotes, or a module such as `std.bert`,";
    case "call":
      return "a name";
    case "inputStatement":
    case "input":
      return "an input such as `image(28, 28, 1)`";
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

function sameLine(source: SourceFile, a: IToken, b: IToken): boolean {
  return source.position(a.startOffset).line === source.position(b.startOffset).line;
}

/** The first token of the line on which a token stands. */
function firstOfLine(source: SourceFile, tokens: readonly IToken[], token: IToken): IToken | null {
  return tokens.find((other) => sameLine(source, other, token)) ?? null;
}

/** A token's span; a line end is shown as the place behind the last character. */
function tokenSpan(source: SourceFile, token: IToken): Span {
  // The parser's own token for the end of the file has no place.
  if (Number.isNaN(token.startOffset)) {
    return { source, start: source.text.length, end: source.text.length };
  }
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

import {
  NewLine,
  NumberLiteral,
  Pipe,
  reservedWords,
  Shortcut,
  StringLiteral,
} from "../../../grammar/tokens.js";
import { type Diagnostic, error, type Span } from "../../diagnostics/index.js";
import { openBracket } from "../brackets.js";
import { spanOfToken } from "../cst.js";
import { isName, type Place, sameLine, touch } from "./place.js";

/** What other languages have, or write in another place. */

/** `in: dense(10)`: a word that can't begin a statement. */
export function reservedAtStart({ source, token, previous, next }: Place): Diagnostic | null {
  const begins = previous?.tokenType === NewLine || previous?.image === "{";
  if (!begins || next?.image !== ":" || !reservedWords.includes(token.image)) return null;
  return error("L0104", `\`${token.image}\` is a word of the language and can't be a name`, {
    at: { span: spanOfToken(source, token), text: "a label is a name" },
    helps: [`choose another name, such as \`${token.image}_1\``],
  });
}

const otherWords: ReadonlyMap<string, readonly [string, string]> = new Map([
  ["for", ["`repeat` is the one loop", "write `repeat 3 as i { … }`; `i` begins at 0"]],
  ["while", ["`repeat` is the one loop", "write `repeat 3 { … }`: the number must be known before the run"]],
  [
    "if",
    ["`when` is the one condition", "write `when stride > 1 { … }`; without it the input passes through"],
  ],
  [
    "def",
    ["a model is the list of its layers: there are no functions", "layers that are used again are a `block`"],
  ],
  ["else", ["`when` has no other branch", "write a second `when not … { … }`"]],
]);

/** `for i in 0..3 {`, `if deep {`. */
export function otherControl({ source, token, previous, section, second }: Place): Diagnostic | null {
  const found = previous === null ? undefined : otherWords.get(previous.image);
  if (previous === null || found === undefined || !second || !sameLine(source, previous, token)) return null;
  if (section !== "model" && section !== "block") return null;
  return error("L0110", found[0], {
    at: { span: spanOfToken(source, previous), text: "is no layer" },
    helps: [found[1]],
  });
}

/** `f"data/{name}"`, `r"data"`. */
export function prefixOfString({ source, token, previous }: Place): Diagnostic | null {
  if (token.tokenType !== StringLiteral || previous === null || !touch(previous, token)) return null;
  if (!/^[fbru]{1,2}$/i.test(previous.image)) return null;
  const span = spanOfToken(source, previous);
  return error("L0110", "a string has no prefix", {
    at: { span, text: "belongs to another language" },
    notes: /f/i.test(previous.image) ? ["a string is what stands in it: nothing is put in for `{…}`"] : [],
    helps: [{ text: `leave the \`${previous.image}\` out`, edits: [{ span, replacement: "" }] }],
  });
}

/** A `shortcut` on the line below the `}` of its `residual`. */
export function shortcutBelow({ source, tokens, index, token, previous }: Place): Diagnostic | null {
  const brace = tokens[index - 2];
  if (token.tokenType !== Shortcut || previous?.tokenType !== NewLine || brace?.image !== "}") return null;
  const span = { source, start: brace.startOffset + 1, end: token.startOffset };
  const blank = source.text.slice(span.start, span.end).trim() === "";
  return error("L0110", "a `shortcut` stands on the line of the `}` before it", {
    at: { span: spanOfToken(source, token), text: "belongs to no `residual` here" },
    helps: [{ text: "write `} shortcut {`", ...(blank ? { edits: [{ span, replacement: " " }] } : {}) }],
  });
}

/** `0.1 => 1e-6`. */
export function fatArrow({ source, token, next }: Place): Diagnostic | null {
  if (token.image !== "=" || next?.image !== ">" || !touch(token, next)) return null;
  const span = { source, start: token.startOffset, end: next.startOffset + 1 };
  return error("L0110", "an arrow is written `->`", {
    at: { span, text: "is no arrow" },
    helps: [{ text: "write `->`", edits: [{ span, replacement: "->" }] }],
  });
}

/** `1...5`: the lexer took the first two points for a range. */
export function threeDots({ source, token, previous }: Place): Diagnostic | null {
  if (token.image !== "." || previous?.image !== ".." || !touch(previous, token)) return null;
  const span = { source, start: previous.startOffset, end: token.startOffset + 1 };
  return error("L0110", "a range is written with two dots", {
    at: { span, text: "one dot too many" },
    helps: [{ text: "write `..`", edits: [{ span, replacement: ".." }] }],
  });
}

/** `.5`, and `5.`. */
export function halfNumber({ source, tokens, index, token, previous, next }: Place): Diagnostic | null {
  if (token.image === "." && next?.tokenType === NumberLiteral && touch(token, next)) {
    const span = { source, start: token.startOffset, end: next.startOffset + next.image.length };
    return numberFault(span, "before", `0.${next.image}`);
  }
  const whole = tokens[index - 2];
  if (previous?.image !== "." || whole?.tokenType !== NumberLiteral || !touch(whole, previous)) return null;
  const span = { source, start: whole.startOffset, end: previous.startOffset + 1 };
  return numberFault(span, "behind", whole.image.includes(".") ? whole.image : `${whole.image}.0`);
}

function numberFault(span: Span, side: string, written: string): Diagnostic {
  return error("L0110", `a number has a digit ${side} its point`, {
    at: { span, text: "is no number" },
    helps: [{ text: `write \`${written}\``, edits: [{ span, replacement: written }] }],
  });
}

/** `split(train) |>` with the next stage below. */
export function pipeAtLineEnd({ source, token, previous, next }: Place): Diagnostic | null {
  if (token.tokenType !== NewLine || previous?.tokenType !== Pipe) return null;
  const span = spanOfToken(source, previous);
  const edits =
    next === null || !isName(next)
      ? null
      : [
          { span, replacement: "" },
          { span: { source, start: next.startOffset, end: next.startOffset }, replacement: "|> " },
        ];
  return error("L0110", "a pipeline goes on where the next line begins with `|>`", {
    at: { span, text: "the line ends behind it" },
    helps: [{ text: "move the `|>` to the start of the next line", ...(edits === null ? {} : { edits }) }],
  });
}

/** `sgd(rate: 0.1 momentum: 0.9)`, `[a b]`. */
export function missingComma({ source, tokens, token, previous }: Place): Diagnostic | null {
  if (previous === null || openBracket(tokens, token) === null || !sameLine(source, previous, token))
    return null;
  const value = isName(token) || token.tokenType === NumberLiteral || token.tokenType === StringLiteral;
  const ends =
    isName(previous) ||
    previous.tokenType === NumberLiteral ||
    previous.tokenType === StringLiteral ||
    [")", "]", "%", "true", "false"].includes(previous.image);
  if (!value || !ends || touch(previous, token)) return null;
  const at = spanOfToken(source, previous).end;
  return error("L0110", `a \`,\` is missing before \`${token.image.slice(0, 40)}\``, {
    at: { span: spanOfToken(source, token), text: "begins another value" },
    helps: [
      {
        text: `put a \`,\` behind \`${previous.image.slice(0, 40)}\``,
        edits: [{ span: { source, start: at, end: at }, replacement: "," }],
      },
    ],
  });
}

/** `dense(, 3)`: a comma with nothing before it. */
export function emptyValue({ source, token, previous }: Place): Diagnostic | null {
  if (token.image !== "," || previous === null || !["(", "[", ",", ":"].includes(previous.image)) return null;
  return error("L0110", "there is no value before this `,`", {
    at: { span: spanOfToken(source, token), text: "a value is needed before it" },
  });
}

import type { IToken } from "chevrotain";
import { NewLine, NumberLiteral, StringLiteral, Unit } from "../../../grammar/tokens.js";
import { type Diagnostic, error } from "../../diagnostics/index.js";
import { spanOfToken } from "../cst.js";
import { isName, type Place, sameLine, settingSections } from "./place.js";

/** Facts that are not on the line, or in the parentheses, where they belong. */

/** `max_pool 2`, `idx "data"`, `conv2d[8, 3]`: what follows up to the end of the line are the arguments. */
export function argumentsWithoutParentheses({
  source,
  tokens,
  index,
  token,
  previous,
  section,
  inParentheses,
}: Place): Diagnostic | null {
  if (previous === null || !isName(previous) || inParentheses || !sameLine(source, previous, token))
    return null;
  const calls = section === "model" || section === "block" || token.tokenType === StringLiteral;
  const opens = token.tokenType === NumberLiteral || token.tokenType === StringLiteral || token.image === "[";
  if (!calls || !opens) return null;
  const line = tokens.slice(index);
  const length = line.findIndex(
    (other) => other.tokenType === NewLine || /^[{}]$|^\|>$|^from$/.test(other.image),
  );
  const last = line[(length === -1 ? line.length : length) - 1] ?? token;
  const span = {
    source,
    start: previous.startOffset + previous.image.length,
    end: spanOfToken(source, last).end,
  };
  const inside = source.text.slice(token.startOffset, span.end);
  const bare = token.image === "[" && last.image === "]" ? inside.slice(1, -1) : inside;
  return error("L0110", `the arguments of \`${previous.image}\` stand in parentheses`, {
    at: { span: spanOfToken(source, token), text: "a `(` is needed before this" },
    helps: [
      {
        text: `write \`${previous.image}(${bare.length > 40 ? "…" : bare})\``,
        edits: [{ span, replacement: `(${bare})` }],
      },
    ],
  });
}

/** A `{` on a line of its own. */
export function braceOnNextLine({ source, token, previous, next }: Place): Diagnostic | null {
  if (token.tokenType !== NewLine || next?.image !== "{" || previous === null) return null;
  const span = { source, start: spanOfToken(source, previous).end, end: next.startOffset };
  const between = source.text.slice(span.start, span.end);
  return error("L0110", "a `{` stands on the line that it belongs to", {
    at: { span: spanOfToken(source, next), text: "opens nothing here" },
    helps: [
      {
        text: "put it at the end of the line above",
        ...(between.trim() === "" ? { edits: [{ span, replacement: " " }] } : {}),
      },
    ],
  });
}

/** `head dense(10)`: a label without its colon, or two layers. */
export function labelWithoutColon({
  source,
  token,
  previous,
  section,
  second,
  inParentheses,
}: Place): Diagnostic | null {
  if (section !== "model" && section !== "block") return null;
  if (previous === null || !second || inParentheses || !isName(previous) || !isName(token)) return null;
  if (!sameLine(source, previous, token)) return null;
  return error("L0111", `\`${token.image}\` can't follow on this line`, {
    at: { span: spanOfToken(source, token), text: `neither a label nor arguments of \`${previous.image}\`` },
    // Which of the two was meant only its author knows: `head dense(10)`, or `relu dropout(0.3)`.
    helps: [
      `a label has a colon: \`${previous.image}: ${token.image}\``,
      `two layers stand on two lines: \`${previous.image}\`, and \`${token.image}\` below it`,
    ],
  });
}

/** `data fashion, model cnn`: a second setting behind a comma. */
export function settingBehindComma({
  source,
  tokens,
  index,
  token,
  previous,
  section,
  inParentheses,
}: Place): Diagnostic | null {
  const comma = tokens[index - 2];
  if (comma?.image !== "," || previous === null || inParentheses || !isName(previous)) return null;
  if (section === null || !settingSections.includes(section) || !beginsValue(token)) return null;
  if (!sameLine(source, comma, token)) return null;
  return error("L0111", `\`${previous.image}\` and its value can't follow on this line`, {
    at: { span: spanOfToken(source, previous), text: "begins another fact" },
    helps: [`write \`${previous.image} ${token.image}\` on a line of its own, without the \`,\``],
  });
}

function beginsValue(token: IToken): boolean {
  return isName(token) || token.tokenType === NumberLiteral || token.tokenType === StringLiteral;
}

/** `batch 64 epochs 20`, where `epochs` could be the unit of `64`. */
export function secondSettingOnLine({ source, token, previous }: Place): Diagnostic | null {
  const isUnit = previous?.tokenType.CATEGORIES?.includes(Unit) ?? false;
  if (previous === null || !isUnit || token.tokenType !== NumberLiteral) return null;
  if (!sameLine(source, previous, token)) return null;
  return error("L0111", `\`${token.image}\` can't follow on this line`, {
    at: { span: spanOfToken(source, token), text: `the line is complete after \`${previous.image}\`` },
    helps: [`a fact a line: write \`${previous.image} ${token.image}\` on the next`],
  });
}

/** `levels  stem: conv1, head: dense1` or `levels {`: levels are numbered from the input, and have no names. */
export function namedLevel({ source, tokens, index, token, section }: Place): Diagnostic | null {
  if ((token.image !== ":" && token.image !== "{") || section !== "curriculum") return null;
  let first = index;
  while (first > 0 && tokens[first - 1]?.tokenType !== NewLine && tokens[first - 1]?.image !== "{") first--;
  if (tokens[first]?.image !== "levels") return null;
  return error("L0110", "levels have no names: each is the addresses of its layers", {
    at: { span: spanOfToken(source, token), text: "opens no list of names" },
    helps: [
      "write them on one line, from the input to the output: `levels  stem, (body, neck), head` are three levels",
    ],
  });
}

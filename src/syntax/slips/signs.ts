import { NewLine, reservedWords } from "../../../grammar/tokens.js";
import { type Diagnostic, error } from "../../diagnostics/index.js";
import { openBracket } from "../brackets.js";
import { spanOfToken } from "../cst.js";
import { isName, type Place, replaceSign, sameLine, settingSections, touch } from "./place.js";

/** Signs that other languages write where this one writes another, or none. */

const comparisons = ["==", "!=", "<", "<=", ">", ">="];

/** Comments of other languages: two slashes, or a slash and a star. */
export function foreignComment(place: Place): Diagnostic | null {
  const { source, token, previous, next } = place;
  const behind = previous?.image === "/" && touch(previous, token);
  const first = behind ? previous : token;
  const second = behind ? token : next;
  if (first.image !== "/" || second === null || !touch(first, second)) return null;
  if (second.image !== "/" && !second.image.startsWith("*")) return null;
  const span = { source, start: first.startOffset, end: first.startOffset + 2 };
  if (second.image === "/" && isBetweenValues(place, span.end)) {
    return error("L0110", "whole parts of quotients are written with `floor`", {
      at: { span, text: "is no operator" },
      helps: ["write `floor(a / b)`"],
    });
  }
  return error("L0110", "comments begin with `#` and end with the line", {
    at: { span, text: "begins no comment" },
    helps: [
      second.image === "/"
        ? { text: "write `#`", edits: [{ span, replacement: "#" }] }
        : "write `#` at the start of each of its lines",
    ],
  });
}

/** `dense(width // 2)`: a bracket is open, a value stands before, and behind another with the closing bracket. */
function isBetweenValues({ source, tokens, token }: Place, end: number): boolean {
  const bracket = openBracket(tokens, token);
  if (bracket === null || !sameLine(source, bracket, token)) return false;
  const line = source.text.slice(end).split("\n", 1)[0] ?? "";
  const before = source.text.slice(bracket.startOffset + 1, end - 2);
  return /[\w)]\s*$/.test(before) && /^\s*[\w.]+\s*[),]/.test(line);
}

/** `sgd(rate=0.1, momentum=0.9)`: one message for all of a line. */
export function equalsInArguments(place: Place): Diagnostic | null {
  const { source, tokens, index, token, previous, inParentheses, section } = place;
  if (token.image !== "=" || !inParentheses || previous === null || !isName(previous)) return null;
  if ((section === "block" || section === "model") && isHeader(place)) return null;
  const end = tokens.findIndex((other, place) => place > index && other.tokenType === NewLine);
  const signs = tokens.slice(index, end === -1 ? undefined : end).filter((other, place, line) => {
    const before = place === 0 ? previous : line[place - 1];
    return other.image === "=" && before !== undefined && isName(before);
  });
  return error("L0110", `arguments are written \`${previous.image}: …\`, with a colon`, {
    at: { span: spanOfToken(source, token), text: "a `:` is needed here" },
    helps: [
      {
        text: signs.length === 1 ? "write `:` for `=`" : "write `:` for each `=` of the line",
        edits: signs.map((sign) => replaceSign(source, sign, ": ")),
      },
    ],
  });
}

/** Whether a token stands in the parameters of a block or model, where `=` gives defaults. */
function isHeader({ tokens, index }: Place): boolean {
  const brace = tokens.findLastIndex(
    (token, place) => place < index && (token.image === "{" || token.tokenType === NewLine),
  );
  const first = tokens[brace + 1]?.image;
  return first === "block" || first === "model";
}

/** `net.parameters = 15794`. */
export function equalsInClaim({ source, token, section }: Place): Diagnostic | null {
  if (token.image !== "=" || section !== "expect") return null;
  const span = spanOfToken(source, token);
  return error("L0110", "a claim of equality is written with `==`", {
    at: { span, text: "is no comparison" },
    helps: [{ text: "write `==`", edits: [{ span, replacement: "==" }] }],
  });
}

/** `batch = 64`, `batch: 64`. */
export function signAfterSetting({
  source,
  token,
  previous,
  section,
  second,
  inParentheses,
}: Place): Diagnostic | null {
  if ((token.image !== "=" && token.image !== ":") || !second || inParentheses || previous === null)
    return null;
  if (section === null || !settingSections.includes(section)) return null;
  if (!isName(previous) && !reservedWords.includes(previous.image)) return null;
  return error("L0110", `settings are written \`${previous.image} …\`, without \`${token.image}\``, {
    at: { span: spanOfToken(source, token), text: "nothing stands between a setting and its value" },
    helps: [{ text: `leave the \`${token.image}\` out`, edits: [replaceSign(source, token, " ")] }],
  });
}

/** `relu,`: a comma behind a layer. */
export function commaBehindLayer({ source, token, next, section, inParentheses }: Place): Diagnostic | null {
  if (token.image !== "," || next?.tokenType !== NewLine || inParentheses) return null;
  if (section !== "model" && section !== "block") return null;
  const span = spanOfToken(source, token);
  return error("L0111", "layers stand a line each, without `,`", {
    at: { span, text: "ends no line" },
    helps: [{ text: "leave it out", edits: [{ span, replacement: "" }] }],
  });
}

/** `fc = dense(64)`. */
export function labelWithEquals({ source, token, previous, section, second }: Place): Diagnostic | null {
  if (token.image !== "=" || !second || previous === null || !isName(previous)) return null;
  if (section !== "model" && section !== "block") return null;
  return error("L0110", `a label is written \`${previous.image}: …\`, with a colon`, {
    at: { span: spanOfToken(source, token), text: "a `:` is needed here" },
    helps: [{ text: "write `:` for `=`", edits: [replaceSign(source, token, ": ")] }],
  });
}

/** `conv2d(8, 3) + in`: sums of outputs. */
export function sumOfLayers({ source, token, section, inParentheses }: Place): Diagnostic | null {
  if (!["+", "*"].includes(token.image) || inParentheses) return null;
  if (section !== "model" && section !== "block") return null;
  const name = token.image === "+" ? "add" : "multiply";
  return error("L0111", `layers are not joined by \`${token.image}\``, {
    at: { span: spanOfToken(source, token), text: "joins no layers" },
    helps: [
      `\`${name} from a, b\` takes two outputs by their labels`,
      ...(name === "add" ? ["`residual { … }` adds what enters it to what its body gives"] : []),
    ],
  });
}

/** `batch 64,`. */
export function commaAtEnd({ source, token, previous }: Place): Diagnostic | null {
  if (token.tokenType !== NewLine || previous?.image !== ",") return null;
  const span = spanOfToken(source, previous);
  return error("L0110", "the line ends with a `,`", {
    at: { span, text: "a value is missing behind it" },
    helps: [{ text: "leave it out", edits: [{ span, replacement: "" }] }],
  });
}

/** `[a, b,]`: a comma separates, it does not end. */
export function commaBeforeBracket({ source, token, previous }: Place): Diagnostic | null {
  if (previous?.image !== "," || (token.image !== ")" && token.image !== "]")) return null;
  const span = spanOfToken(source, previous);
  return error("L0110", `no \`,\` stands before \`${token.image}\``, {
    at: { span, text: "no value follows it" },
    helps: [{ text: "leave it out", edits: [{ span, replacement: "" }] }],
  });
}

/** `0.9 < a < 0.99`. */
export function chainedComparison({ source, tokens, index, token }: Place): Diagnostic | null {
  if (!comparisons.includes(token.image)) return null;
  const start = tokens.findLastIndex((other, place) => place < index && other.tokenType === NewLine);
  const first = tokens.slice(start + 1, index).find((other) => comparisons.includes(other.image));
  if (first === undefined) return null;
  return error("L0110", "a comparison has two sides", {
    at: { span: spanOfToken(source, token), text: "a third side follows" },
    secondary: [{ span: spanOfToken(source, first), text: "compares already" }],
    helps: ["write two of them, a line each, or joined by `and`"],
  });
}

/** `conv2d(8, 3))`, `conv2d(8, 3]`. */
export function closesNothing({ source, tokens, token }: Place): Diagnostic | null {
  if (token.image !== ")" && token.image !== "]") return null;
  const span = spanOfToken(source, token);
  const open = openBracket(tokens, token);
  if (open !== null) {
    const closing = open.image === "(" ? ")" : "]";
    if (closing === token.image) return null;
    return error("L0110", `a \`${open.image}\` is closed by \`${token.image}\``, {
      at: { span, text: `a \`${closing}\` is needed here` },
      secondary: [{ span: spanOfToken(source, open), text: "opened here" }],
      helps: [{ text: `write \`${closing}\``, edits: [{ span, replacement: closing }] }],
    });
  }
  return error("L0110", `this \`${token.image}\` closes nothing`, {
    at: { span, text: `no \`${token.image === ")" ? "(" : "["}\` is open` },
    helps: [{ text: "leave it out", edits: [{ span, replacement: "" }] }],
  });
}

/** `65 % 33`, where another value follows the sign of percentages. */
export function remainder({ source, tokens, index, token, previous }: Place): Diagnostic | null {
  const whole = tokens[index - 2];
  if (previous?.image !== "%" || whole === undefined || !(isName(token) || /^\d/.test(token.image)))
    return null;
  if (!sameLine(source, whole, token)) return null;
  const written = `mod(${whole.image}, ${token.image})`;
  return error("L0110", "a `%` is a percentage, never a remainder", {
    at: { span: spanOfToken(source, previous), text: `belongs to the ${whole.image} before it` },
    helps: [`for the remainder write \`${written}\``],
  });
}

/** `2 ** 6`. */
export function power({ source, token, previous, next, section }: Place): Diagnostic | null {
  if (token.image !== "**" || section === "curriculum" || previous === null || next === null) return null;
  const written = `pow(${previous.image}, ${next.image})`;
  const span = { source, start: previous.startOffset, end: spanOfToken(source, next).end };
  const simple = [previous, next].every(({ image }) => /^\w+$/.test(image));
  return error("L0110", "powers are written with `pow`", {
    at: { span: spanOfToken(source, token), text: "stands for any part of an address" },
    helps: simple ? [{ text: `write \`${written}\``, edits: [{ span, replacement: written }] }] : [],
  });
}

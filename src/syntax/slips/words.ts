import {
  Identifier,
  NumberLiteral,
  reservedWords,
  StringLiteral,
  unitNames,
} from "../../../grammar/tokens.js";
import { suggest } from "../../base/suggest.js";
import { type Diagnostic, error } from "../../diagnostics/index.js";
import { spanOfToken } from "../cst.js";
import { isName, type Place, sameLine, touch } from "./place.js";

/** Words, numbers and units that are nearly what was meant. */

/** `repeat: dense(10)`. */
export function reservedLabel({ source, token, previous }: Place): Diagnostic | null {
  if (token.image !== ":" || previous === null || !reservedWords.includes(previous.image)) return null;
  return error("L0104", `\`${previous.image}\` is a word of the language and can't be a name`, {
    at: { span: spanOfToken(source, previous), text: "a label is a name" },
    helps: [`choose another name, such as \`${previous.image}_1\``],
  });
}

/** `1e-`: the lexer took the `1` for the whole number. */
export function exponentCutOff({ source, token, previous }: Place): Diagnostic | null {
  if (!/^[eE]$/.test(token.image) || previous?.tokenType !== NumberLiteral || !touch(previous, token))
    return null;
  return error("L0110", "the exponent of this number is missing", {
    at: { span: spanOfToken(source, token), text: "a number follows `e`, as in `1e-3`" },
  });
}

const otherUnits: ReadonlyMap<string, string> = new Map([
  ["percent", "%"],
  ["pixel", "px"],
  ["pixels", "px"],
  ["sec", "s"],
  ["second", "s"],
  ["seconds", "s"],
  ["minute", "min"],
  ["minutes", "min"],
  ["hour", "h"],
  ["hours", "h"],
  ["hz", "Hz"],
  ["db", "dB"],
]);

/** `3 epcohs`, `90 percent`. */
export function unknownUnit({ source, token, previous }: Place): Diagnostic | null {
  if (previous?.tokenType !== NumberLiteral || !isName(token) || !sameLine(source, previous, token))
    return null;
  const near = otherUnits.get(token.image) ?? suggest(token.image, unitNames)[0];
  const span = {
    source,
    start: previous.startOffset + previous.image.length,
    end: spanOfToken(source, token).end,
  };
  if (near === undefined) return null;
  const replacement = near === "%" ? "%" : ` ${near}`;
  return error("L0212", `there is no unit called \`${token.image}\``, {
    at: { span: spanOfToken(source, token), text: "not a unit" },
    helps: [{ text: `write \`${previous.image}${replacement}\``, edits: [{ span, replacement }] }],
  });
}

/** `conv-1: conv2d(8, 3)`, `model my-net {`. */
export function nameWithHyphen({
  source,
  tokens,
  index,
  token,
  previous,
  next,
  second,
}: Place): Diagnostic | null {
  if (token.image !== "-" || previous === null || next === null || !isName(previous)) return null;
  if (!second && !named.includes(tokens[index - 2]?.image ?? "")) return null;
  if (!touch(previous, token) || !touch(token, next)) return null;
  const span = { source, start: previous.startOffset, end: spanOfToken(source, next).end };
  const replacement = `${previous.image}_${next.image}`;
  return error("L0110", "names are made of letters, digits and `_`", {
    at: { span, text: "a `-` is a minus" },
    helps: [{ text: `write \`${replacement}\``, edits: [{ span, replacement }] }],
  });
}

/** `experiment small_net {`, `model "net" {`. */
export function quotesOfNames({ source, token, previous }: Place): Diagnostic | null {
  const span = spanOfToken(source, token);
  if (previous?.image === "experiment" && previous.tokenType !== Identifier && isName(token)) {
    return error("L0110", "the title of an experiment stands in quotes", {
      at: { span, text: "a string is needed here" },
      helps: [{ text: `write \`"${token.image}"\``, edits: [{ span, replacement: `"${token.image}"` }] }],
    });
  }
  const bare = token.image.slice(1, -1);
  if (token.tokenType !== StringLiteral || previous === null || !named.includes(previous.image)) return null;
  return error("L0110", `the name of a ${previous.image} stands without quotes`, {
    at: { span, text: "a name is needed here" },
    helps: /^[A-Za-z_]\w*$/.test(bare)
      ? [{ text: `write \`${bare}\``, edits: [{ span, replacement: bare }] }]
      : ["names are made of letters, digits and `_`"],
  });
}

/** `model {`. */
export function sectionWithoutName({ source, token, previous }: Place): Diagnostic | null {
  if (token.image !== "{" || previous === null || previous.tokenType === Identifier) return null;
  if (!named.includes(previous.image) || previous.image === "param") return null;
  return error("L0110", `this ${previous.image} has no name`, {
    at: { span: spanOfToken(source, previous), text: "a name follows this word" },
    helps: [
      `write one, such as \`${previous.image} ${previous.image === "curriculum" ? "lerac" : `my_${previous.image}`} {\``,
    ],
  });
}

const named = ["dataset", "names", "curriculum", "block", "model", "param"];

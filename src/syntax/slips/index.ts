import type { IToken } from "chevrotain";
import type { Diagnostic, SourceFile } from "../../diagnostics/index.js";
import {
  emptyValue,
  fatArrow,
  halfNumber,
  missingComma,
  otherControl,
  pipeAtLineEnd,
  prefixOfString,
  reservedAtStart,
  shortcutBelow,
  threeDots,
} from "./habits.js";
import {
  argumentsWithoutParentheses,
  braceOnNextLine,
  labelWithoutColon,
  namedLevel,
  secondSettingOnLine,
  settingBehindComma,
} from "./lines.js";
import { type Place, placeOf } from "./place.js";
import {
  chainedComparison,
  closesNothing,
  commaAtEnd,
  commaBeforeBracket,
  commaBehindLayer,
  equalsInArguments,
  equalsInClaim,
  foreignComment,
  labelWithEquals,
  power,
  remainder,
  signAfterSetting,
  sumOfLayers,
} from "./signs.js";
import {
  exponentCutOff,
  nameWithHyphen,
  quotesOfNames,
  reservedLabel,
  sectionWithoutName,
  unknownUnit,
} from "./words.js";

/** In the order in which they are tried. */
const rules: readonly ((place: Place) => Diagnostic | null)[] = [
  foreignComment,
  fatArrow,
  equalsInArguments,
  equalsInClaim,
  namedLevel,
  signAfterSetting,
  labelWithEquals,
  commaBehindLayer,
  sumOfLayers,
  prefixOfString,
  reservedLabel,
  reservedAtStart,
  otherControl,
  shortcutBelow,
  quotesOfNames,
  sectionWithoutName,
  exponentCutOff,
  threeDots,
  halfNumber,
  unknownUnit,
  nameWithHyphen,
  argumentsWithoutParentheses,
  braceOnNextLine,
  pipeAtLineEnd,
  commaAtEnd,
  commaBeforeBracket,
  emptyValue,
  secondSettingOnLine,
  settingBehindComma,
  labelWithoutColon,
  chainedComparison,
  closesNothing,
  power,
  remainder,
  missingComma,
];

/**
 * Slips with a cause that is known better than the parser knows it: habits of other languages, a unit misspelt, a
 * parenthesis or a comma left out.
 *
 * @returns what to say about the token, null where nothing is known
 */
export function slip(source: SourceFile, tokens: readonly IToken[], token: IToken): Diagnostic | null {
  const place = placeOf(source, tokens, token);
  if (place === null) return null;
  for (const rule of rules) {
    const found = rule(place);
    if (found !== null) return found;
  }
  return null;
}

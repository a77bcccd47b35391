import { createTokenInstance, type IToken } from "chevrotain";
import { NewLine } from "../../../grammar/tokens.js";
import { type PartRule, parses } from "../concrete.js";
import { isForeign, isRemark } from "./pieces.js";
import { isBraces, type Statement } from "./tree.js";

/** Which grammar rule a statement has to follow: top-level ones are files of one item. */
export type StatementKind = PartRule;

/**
 * Whether a statement parses by itself, with its bodies taken as empty: a mistake in a body is the business of the
 * statement there.
 */
export function isReadable(statement: Statement, kind: StatementKind): boolean {
  const tokens: IToken[] = [];
  for (const part of statement.parts) {
    if (isRemark(part)) continue;
    if (isBraces(part)) tokens.push(part.open, part.close);
    else if (isForeign(part)) return false;
    else tokens.push(part);
  }
  if (kind === "file") tokens.push(lineEnd(statement.end));
  return parses(kind, tokens);
}

function lineEnd(offset: number): IToken {
  const none = Number.NaN;
  return createTokenInstance(NewLine, "", offset, offset - 1, none, none, none, none);
}

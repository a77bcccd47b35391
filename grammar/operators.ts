import type { IToken, TokenType } from "chevrotain";
import { tokenMatcher } from "chevrotain";
import * as t from "./tokens.js";

/**
 * How tightly operators bind, from the loosest to the tightest. `chains`: `a - b - c` is `(a - b) - c`; operators that
 * don't chain take two operands and no more.
 */
export const precedence: readonly { readonly operators: readonly TokenType[]; readonly chains: boolean }[] = [
  { operators: [t.Or], chains: true },
  { operators: [t.And], chains: true },
  // Before its operand, which is a comparison.
  { operators: [t.Not], chains: false },
  {
    operators: [t.EqualEqual, t.NotEqual, t.LessEqual, t.GreaterEqual, t.Less, t.Greater],
    chains: false,
  },
  { operators: [t.DotDot], chains: false },
  { operators: [t.Plus, t.Minus], chains: true },
  { operators: [t.Star, t.Slash], chains: true },
];

const levels = new Map(
  precedence.flatMap(({ operators }, level) => operators.map((operator) => [operator, level] as const)),
);

/** The row of `precedence` in which an operator stands; a unit binds as a product does. -1 for every other token. */
export function levelOf(token: IToken): number {
  const level = levels.get(token.tokenType);
  if (level !== undefined) return level;
  return tokenMatcher(token, t.Unit) ? productLevel : -1;
}

export const notLevel = levels.get(t.Not) as number;
export const rangeLevel = levels.get(t.DotDot) as number;
export const sumLevel = levels.get(t.Plus) as number;
export const productLevel = levels.get(t.Star) as number;

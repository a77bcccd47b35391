import { type IToken, tokenMatcher } from "chevrotain";
import * as t from "../../../grammar/tokens.js";

/** Nothing stands before these. */
const closed = new Set<unknown>([t.Comma, t.RightParenthesis, t.RightBracket, t.Dot, t.DotDot, t.Percent]);
/** Nothing stands behind these. */
const opening = new Set<unknown>([t.LeftParenthesis, t.LeftBracket, t.Dot, t.DotDot]);
/** After these, beside names, a minus is a subtraction. */
const operandEnds = new Set<unknown>([
  t.NumberLiteral,
  t.Index,
  t.StringLiteral,
  t.RightParenthesis,
  t.RightBracket,
  t.Percent,
  t.True,
  t.False,
  t.In,
]);

/**
 * Which tokens of one statement have a space before them. Fed in order: what a token means (a sign or a subtraction,
 * a key or a ternary) follows from those before it and the one or two behind it.
 */
export class Spacing {
  private before: IToken[] = [];
  /** Of each open bracket, and of the statement itself, how many `?` still wait for their colon. */
  private questions: number[] = [0];

  /** Whether a space stands before `token`; the first of a statement has none. */
  next(token: IToken, following: readonly (IToken | undefined)[]): boolean {
    const space = this.separates(token, following);
    this.track(token);
    this.before.push(token);
    if (this.before.length > 3) this.before.shift();
    return space;
  }

  private separates(token: IToken, following: readonly (IToken | undefined)[]): boolean {
    const previous = this.before[this.before.length - 1];
    if (previous === undefined) return false;
    const type = token.tokenType;
    if (closed.has(type) || opening.has(previous.tokenType)) return false;
    if (type === t.Colon) return this.isTernary();
    if (type === t.LeftParenthesis) return !endsCallee(previous);
    if (previous.tokenType === t.Minus) return !this.previousMinusIsSign();
    if (type === t.Slash) return !this.isFraction(token, following);
    if (previous.tokenType === t.Slash) return !this.previousSlashIsFraction(token, following);
    return true;
  }

  private track(token: IToken): void {
    const type = token.tokenType;
    const top = this.questions.length - 1;
    if (type === t.LeftParenthesis || type === t.LeftBracket) this.questions.push(0);
    else if ((type === t.RightParenthesis || type === t.RightBracket) && top > 0) this.questions.pop();
    else if (type === t.Question) this.questions[top] = (this.questions[top] as number) + 1;
    else if (type === t.Colon && this.isTernary()) this.questions[top] = (this.questions[top] as number) - 1;
  }

  private isTernary(): boolean {
    return (this.questions[this.questions.length - 1] as number) > 0;
  }

  private previousMinusIsSign(): boolean {
    const operand = this.before[this.before.length - 2];
    return operand === undefined || !endsOperand(operand);
  }

  /** `1/4 epoch`: two numbers and a unit, and nothing multiplies or divides them. */
  private isFraction(_slash: IToken, [over, unit]: readonly (IToken | undefined)[]): boolean {
    const [first, second] = this.before.slice(-2);
    const number = second ?? first;
    const outer = second === undefined ? undefined : first;
    return (
      number?.tokenType === t.NumberLiteral &&
      over?.tokenType === t.NumberLiteral &&
      unit !== undefined &&
      tokenMatcher(unit, t.Unit) &&
      outer?.tokenType !== t.Star &&
      outer?.tokenType !== t.Slash
    );
  }

  private previousSlashIsFraction(over: IToken, [unit]: readonly (IToken | undefined)[]): boolean {
    const slash = this.before.pop() as IToken;
    const fraction = this.isFraction(slash, [over, unit]);
    this.before.push(slash);
    return fraction;
  }
}

function endsCallee(token: IToken): boolean {
  return (
    tokenMatcher(token, t.Name) ||
    token.tokenType === t.In ||
    token.tokenType === t.Index ||
    token.tokenType === t.RightParenthesis ||
    token.tokenType === t.RightBracket
  );
}

function endsOperand(token: IToken): boolean {
  return (
    operandEnds.has(token.tokenType) || tokenMatcher(token, t.Name) || tokenMatcher(token, t.StringLiteral)
  );
}

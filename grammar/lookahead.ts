import { type ILookaheadStrategy, LLkLookaheadStrategy } from "chevrotain";

/**
 * Chevrotain's LL(k) lookahead, with each decision worked out when a file first comes to it: a file comes to few of them,
 * and working out all takes a good part of the time in which a small file is checked.
 *
 * @param k tokens looked at, at the most
 */
export function lookaheadWhenNeeded(k: number): ILookaheadStrategy {
  const whole = new LLkLookaheadStrategy({ maxLookahead: k });
  return {
    validate: (grammar) => whole.validate(grammar),
    buildLookaheadForAlternation: (place) => whenNeeded(() => whole.buildLookaheadForAlternation(place)),
    buildLookaheadForOptional: (place) => whenNeeded(() => whole.buildLookaheadForOptional(place)),
  };
}

/** What the parser calls, as its own method, wherever it has to decide. */
type Decision<Arguments extends unknown[], Result> = (this: unknown, ...args: Arguments) => Result;

function whenNeeded<Arguments extends unknown[], Result>(
  build: () => Decision<Arguments, Result>,
): Decision<Arguments, Result> {
  let decision: Decision<Arguments, Result> | undefined;
  return function (...args) {
    decision ??= build();
    return decision.apply(this, args);
  };
}

import { suggest } from "../base/suggest.js";
import { error, type Span } from "../diagnostics/index.js";
import type { Catalogue, Entry } from "../language/catalogue.js";
import type { CallExpression, Expression } from "../syntax/index.js";
import { type BoundArguments, bindArguments } from "./arguments.js";
import type { Evaluator } from "./evaluate.js";
import type { Reporter } from "./reporter.js";

/** A value that is a call or a bare name, as a call; null for anything else. */
export function asCall(expression: Expression): CallExpression | null {
  if (expression.kind === "call") return expression;
  if (expression.kind !== "path") return null;
  const callee = expression.segments.map((segment) =>
    segment.kind === "name" ? { text: segment.text, span: segment.span } : null,
  );
  if (callee.includes(null)) return null;
  return { kind: "call", callee: callee as CallExpression["callee"], arguments: [], span: expression.span };
}

export function calleeText(call: CallExpression): string {
  return call.callee.map((part) => part.text).join(".");
}

/** Where the name of a call stands, without its arguments. */
export function calleeSpan(call: CallExpression): Span {
  return { ...call.span, end: call.callee[call.callee.length - 1]?.span.end ?? call.span.end };
}

export interface CheckedCall<E extends Entry> extends BoundArguments {
  readonly entry: E;
  readonly span: Span;
}

/** Looks a call up in a catalogue and binds its arguments. `what` is how messages call an entry: "an optimizer". */
export function checkCall<E extends Entry>(
  expression: Expression,
  entries: Catalogue<E>,
  what: string,
  evaluator: Evaluator,
  reporter: Reporter,
): CheckedCall<E> | null {
  const call = asCall(expression);
  if (call === null) {
    const known = [...entries.keys()].join(", ");
    reporter.report(
      error("L0210", `${what} is needed here`, {
        at: { span: expression.span, text: `is no ${what.replace(/^an? /, "")}` },
        notes: [`known are ${known}`],
      }),
    );
    return null;
  }
  const name = calleeText(call);
  const entry = entries.get(name);
  if (entry === undefined) {
    const span = calleeSpan(call);
    // `top5`: the number is an argument here.
    const [, word = "", number] = /^([a-z]+)_?(\d+)$/i.exec(name) ?? [];
    const withNumber = number !== undefined && entries.has(word) && call.arguments.length === 0;
    const near = withNumber ? [`${word}(${number})`] : suggest(name, entries.keys());
    reporter.report(
      error("L0218", `there is no ${what.replace(/^an? /, "")} called \`${name}\``, {
        at: { span, text: "not known" },
        notes: near.length > 0 ? [] : [`known are ${[...entries.keys()].join(", ")}`],
        helps: near
          .slice(0, 1)
          .map((n) => ({ text: `did you mean \`${n}\`?`, edits: [{ span, replacement: n }] })),
      }),
    );
    return null;
  }
  const bound = bindArguments(call, entry.arguments, evaluator, reporter);
  return bound && { ...bound, entry, span: call.span };
}

import { suggest } from "../base/suggest.js";
import { type Diagnostic, error, type Span } from "../diagnostics/index.js";
import type { PathExpression } from "../syntax/index.js";
import type { Value } from "./values.js";

/** What names mean where an expression stands. */
export interface Environment {
  /** Null for a name whose value has a fault that was reported: what hangs on it stays silent. */
  lookup(name: string): Value | null | undefined;
  /** Names for suggestions. */
  names(): Iterable<string>;
  /** The value of `ADDRESS.AXIS`; null when a fault was reported, undefined when it is no such query. */
  query?(path: PathExpression): Value | null | undefined;
}

export const emptyEnvironment: Environment = { lookup: () => undefined, names: () => [] };

/** Names to values, with what lies around them behind. */
export function scope(
  values: ReadonlyMap<string, Value | null>,
  outer: Environment = emptyEnvironment,
): Environment {
  return {
    lookup: (name) => (values.has(name) ? values.get(name) : outer.lookup(name)),
    names: () => [...values.keys(), ...outer.names()],
    ...(outer.query ? { query: (path: PathExpression) => outer.query?.(path) } : {}),
  };
}

/** A name that stands where a value is needed, and is none. */
export function unknownName(name: string, span: Span, known: Iterable<string>): Diagnostic {
  const near = suggest(name, known);
  return error("L0202", `there is nothing called \`${name}\` here`, {
    at: { span, text: "no param, parameter or loop variable" },
    helps:
      near.length > 0
        ? near.slice(0, 2).map((n) => ({ text: `did you mean \`${n}\`?`, edits: [{ span, replacement: n }] }))
        : [`a model sees the file's params, such as \`param ${name} = 16\`; a block only its own parameters`],
  });
}

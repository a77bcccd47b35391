import { suggest } from "../base/suggest.js";
import { type Diagnostic, error, type Span } from "../diagnostics/index.js";
import type { Name } from "../syntax/index.js";
import type { Reporter } from "./reporter.js";

/** A thing of the file by name, or the only one of its kind; null for one with faults, and after a reported fault. */
export function named<T>(
  kind: "dataset" | "model",
  name: Name | null,
  things: ReadonlyMap<string, T | null>,
  section: Span,
  reporter: Reporter,
): T | null {
  if (name !== null) {
    const found = things.get(name.text);
    if (found !== undefined) return found;
    reporter.report(unknownThing(kind, name, [...things.keys()]));
    return null;
  }
  if (things.size === 1) return sole(things) ?? null;
  const setting = kind === "dataset" ? "data" : "model";
  const none = things.size === 0;
  reporter.report(
    error("L0511", none ? `there is no ${kind} to train with` : `which ${kind} does \`train\` mean?`, {
      at: { span: section, text: none ? "trains something" : `names no ${kind}` },
      helps: [none ? `add a \`${kind}\` section` : `add \`${setting}  ${[...things.keys()][0]}\``],
    }),
  );
  return null;
}

/** A name that no thing of the kind has. */
export function unknownThing(kind: string, name: Name, known: readonly string[]): Diagnostic {
  const near = suggest(name.text, known);
  return error("L0510", `there is no ${kind} called \`${name.text}\``, {
    at: { span: name.span, text: "not in this file" },
    notes: known.length > 0 && near.length === 0 ? [`there is ${known.join(", ")}`] : [],
    helps: near.slice(0, 1).map((n) => ({
      text: `did you mean \`${n}\`?`,
      edits: [{ span: name.span, replacement: n }],
    })),
  });
}

/** The only one of its kind. */
export function sole<T>(things: ReadonlyMap<string, T>): T | undefined {
  return things.size === 1 ? things.values().next().value : undefined;
}

import { suggest } from "../../base/suggest.js";
import { error, type Span } from "../../diagnostics/index.js";
import { curricula } from "../../plan/index.js";
import type { Name } from "../../syntax/index.js";
import type { Evaluator } from "../evaluate.js";
import type { Reporter } from "../reporter.js";
import type { CheckedCurriculum } from "./checked-curriculum.js";
import { bareCurriculum } from "./read-curriculum.js";

/** Curricula of the file by name; null for one with faults. */
export type Declared = ReadonlyMap<string, CheckedCurriculum | null>;

/** What a run trains under. */
export interface ChosenCurriculum {
  /** Joined; none for conventional training. */
  readonly parts: readonly CheckedCurriculum[];
  readonly span: Span;
  /** The file has several and names none: a run has to say which arm it is. */
  readonly undecided: boolean;
}

/** A curriculum of the file, or a bare kind; null after a reported fault, undefined when there is none of the name. */
export function findCurriculum(
  name: Name,
  declared: Declared,
  evaluator: Evaluator,
  reporter: Reporter,
): CheckedCurriculum | null | undefined {
  const found = declared.get(name.text);
  if (found !== undefined) return found;
  const kind = curricula.get(name.text);
  return kind && bareCurriculum(kind, name.span, null, evaluator, reporter);
}

/** Everything that can be named where a curriculum is wanted. */
export function curriculumNames(declared: Declared): string[] {
  return [...new Set([...declared.keys(), ...curricula.keys()])];
}

/**
 * What `train` trains under: what it names, the only curriculum of the file, or conventional training. Null after a
 * reported fault.
 */
export function chooseCurriculum(
  named: readonly Name[] | null,
  declared: Declared,
  train: { readonly span: Span; readonly hasArms: boolean },
  evaluator: Evaluator,
  reporter: Reporter,
): ChosenCurriculum | null {
  if (named === null) return withoutName(declared, train, reporter);
  const parts: CheckedCurriculum[] = [];
  for (const name of named) {
    const part = findCurriculum(name, declared, evaluator, reporter);
    if (part === undefined) reporter.report(unknownCurriculum("L0510", name, declared));
    if (!part) return null;
    parts.push(part);
  }
  return { parts, span: named[0]?.span ?? train.span, undecided: false };
}

function withoutName(
  declared: Declared,
  train: { readonly span: Span; readonly hasArms: boolean },
  reporter: Reporter,
): ChosenCurriculum | null {
  const [first, ...others] = declared.values();
  if (first === undefined) return { parts: [], span: train.span, undecided: false };
  const undecided = others.length > 0;
  if (undecided && !train.hasArms) {
    const [name] = declared.keys();
    reporter.report(
      error("L0511", "which curriculum does `train` mean?", {
        at: { span: train.span, text: "names no curriculum" },
        notes: [`there is ${[...declared.keys()].join(", ")}`],
        helps: [`add \`curriculum  ${name}\`, or a \`compare\` section`],
      }),
    );
    return null;
  }
  return first && { parts: [first], span: first.span, undecided };
}

/** A name that is neither a curriculum of the file nor a kind. */
export function unknownCurriculum(code: "L0510" | "L0402", name: Name, declared: Declared) {
  const known = curriculumNames(declared);
  const near = suggest(name.text, known);
  return error(code, `there is no curriculum called \`${name.text}\``, {
    at: { span: name.span, text: "not in this file, and no kind" },
    notes: near.length > 0 ? [] : [`known are ${known.join(", ")}`],
    helps: near.slice(0, 1).map((n) => ({
      text: `did you mean \`${n}\`?`,
      edits: [{ span: name.span, replacement: n }],
    })),
  });
}

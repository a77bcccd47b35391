import type { IToken } from "chevrotain";
import * as t from "../../../grammar/tokens.js";
import { flatText, type Sequence, stagesOf } from "./inline.js";
import type { Remark } from "./pieces.js";
import { isReadable, type StatementKind } from "./readable.js";
import type { Braces, Part, Statement } from "./tree.js";

/** A statement with all that can be known of its layout before its column is. */
export interface Prepared {
  readonly kind: StatementKind;
  readonly statement: Statement;
  /** It does not parse: it stays as it is written. */
  readonly raw: boolean;
  /** What stands left of the column: `conv1:`, `seeds`, `input`; empty for an unlabelled layer. */
  readonly head: string;
  readonly shape: "label" | "name" | "input" | "return" | "plain";
  /** What stands in the column. */
  readonly stages: readonly Sequence[];
  /** `stages` on one line; null where they take several. */
  readonly flat: string | null;
  /** The bodies in `stages`, in order, prepared. */
  readonly bodies: readonly PreparedBody[];
  /** `residual` or `when`: with a body of several lines it stands outside of columns. */
  readonly structural: boolean;
}

export interface PreparedBody {
  readonly braces: Braces;
  readonly statements: readonly Prepared[];
}

/** What a section's body holds, by its first word. */
const bodyKinds = new Map<unknown, StatementKind>([
  [t.Block, "statement"],
  [t.Model, "statement"],
  [t.Compare, "arm"],
  [t.Expect, "claim"],
]);

/** Prepares a statement and all inside. `trusted`: the file has no errors, so nothing has to be tried. */
export function prepare(statement: Statement, kind: StatementKind, trusted: boolean): Prepared {
  if (statement.torn || !(trusted || isReadable(statement, kind))) {
    const nothing = { head: "", shape: "plain", stages: [], flat: null, bodies: [] } as const;
    return { kind, statement, raw: true, structural: false, ...nothing };
  }
  const first = statement.parts[0] as IToken;
  const inner = kind === "file" ? (bodyKinds.get(first.tokenType) ?? "setting") : "statement";
  const bodies: PreparedBody[] = [];
  const { head, shape, rest } = split(statement.parts, kind);
  const stages = stagesOf(rest, (braces) => {
    const statements = braces.statements.map((one) => prepare(one, inner, trusted));
    bodies.push({ braces, statements });
    return flatBody(braces, statements, kind !== "file");
  });
  const flat = flatStages(stages);
  const opener = rest[0];
  const structural =
    opener !== undefined &&
    "tokenType" in opener &&
    (opener.tokenType === t.Residual || opener.tokenType === t.When);
  return { kind, statement, raw: false, head, shape, stages, flat, bodies, structural };
}

/** A body on one line: nothing, or one statement, and no comment. Those of sections stay on lines of their own. */
function flatBody(braces: Braces, statements: readonly Prepared[], mayJoin: boolean): string | null {
  if (braces.afterOpen !== null || braces.closing.length > 0) return null;
  const [only, ...others] = statements;
  if (only === undefined) return "{}";
  const { leading, trailing } = only.statement;
  if (!mayJoin || others.length > 0 || leading.length > 0 || trailing !== null) return null;
  const text = only.raw ? null : flatStatement(only);
  return text === null ? null : `{ ${text} }`;
}

/** A statement on one line, outside of columns; null where it takes several. */
export function flatStatement({ head, flat }: Prepared): string | null {
  if (flat === null || head === "") return flat;
  return flat === "" ? head : `${head} ${flat}`;
}

function flatStages(stages: readonly Sequence[]): string | null {
  const finite = stages.every((stage) => Number.isFinite(stage.width));
  return finite ? stages.map((stage) => flatText(stage.nodes)).join(" ") : null;
}

/** What stands left of a statement's column, and the rest. */
function split(
  parts: readonly Part[],
  kind: StatementKind,
): { head: string; shape: Prepared["shape"]; rest: readonly Part[] } {
  const [first, second] = parts;
  const whole = { head: "", shape: "plain", rest: parts } as const;
  if (first === undefined || !("tokenType" in first)) return whole;
  const labelled = second !== undefined && "tokenType" in second && second.tokenType === t.Colon;
  if (kind === "setting") return { head: first.image, shape: "name", rest: parts.slice(1) };
  if (kind === "arm" || kind === "statement") {
    if (labelled) return { head: `${first.image}:`, shape: "label", rest: parts.slice(2) };
    if (first.tokenType === t.Input) return { head: first.image, shape: "input", rest: parts.slice(1) };
    if (first.tokenType === t.Return) return { ...whole, shape: "return" };
  }
  return whole;
}

/** The comments that stand above a statement, and whether an empty line does. */
export function blankAboveAll({ statement }: Prepared): boolean {
  const first: Remark | undefined = statement.leading[0];
  return first?.blankBefore ?? statement.blankBefore;
}

/** Whether an empty line stands anywhere between the statement above and this one. */
export function blankAnywhereAbove({ statement }: Prepared): boolean {
  return statement.blankBefore || statement.leading.some((comment) => comment.blankBefore);
}

import { suggest } from "../../base/suggest.js";
import { type Diagnostic, type Span, warning } from "../../diagnostics/index.js";
import type { Body, Comment, File, Item } from "../../syntax/index.js";

/** `# lint: allow RULE, reason` on a line of its own. */
export interface Waiver {
  readonly rule: string;
  readonly span: Span;
  /** Where it holds: the statement below. Null at the end of a body. */
  readonly statement: Span | null;
}

const form = "a waiver reads `# lint: allow RULE, reason`, on the line before";

/** The waivers of a file, and what is wrong with those that are none. */
export function readWaivers(
  file: File,
  rules: readonly string[],
): { readonly waivers: readonly Waiver[]; readonly faults: readonly Diagnostic[] } {
  const waivers: Waiver[] = [];
  const faults: Diagnostic[] = [];
  // Most files have no waiver.
  let statements: ReturnType<typeof statementSpans> | undefined;
  for (const comment of file.comments) {
    const body = /^#\s*lint\s*:(.*)$/.exec(comment.text)?.[1];
    if (body === undefined) continue;
    const [, rule = "", reason = ""] = /^\s*allow\s+(\w+)\s*,?\s*(.*)$/.exec(body) ?? [];
    const fault = faultOf(comment, rule, reason.trim(), rules);
    if (fault !== null) faults.push(fault);
    else {
      statements ??= statementSpans(file);
      waivers.push({ rule, span: comment.span, statement: statementBelow(comment, statements) });
    }
  }
  return { waivers, faults };
}

function faultOf(
  comment: Comment,
  rule: string,
  reason: string,
  rules: readonly string[],
): Diagnostic | null {
  const { span } = comment;
  if (!standsAlone(comment) || rule === "") {
    return warning(
      "L0821",
      rule === "" ? "this waiver names no rule" : "this waiver stands behind a statement",
      {
        at: { span, text: "waives nothing" },
        helps: [form],
      },
    );
  }
  if (!rules.includes(rule)) {
    const near = suggest(rule, rules);
    const start = span.start + comment.text.indexOf(rule);
    const at = { ...span, start, end: start + rule.length };
    return warning("L0821", `there is no lint called \`${rule}\``, {
      at: { span: at, text: "waives nothing" },
      notes: near.length > 0 ? [] : [`lints are ${rules.join(", ")}`],
      helps: near
        .slice(0, 1)
        .map((n) => ({ text: `did you mean \`${n}\`?`, edits: [{ span: at, replacement: n }] })),
    });
  }
  if (reason !== "") return null;
  return warning("L0822", `this waiver of \`${rule}\` gives no reason`, {
    at: { span, text: "waives nothing without one" },
    helps: [`write it as \`# lint: allow ${rule}, REASON\``],
  });
}

/** Whether there is nothing but white space before it on its line. */
function standsAlone({ span }: Comment): boolean {
  const { text } = span.source;
  return text.slice(text.lastIndexOf("\n", span.start - 1) + 1, span.start).trim() === "";
}

/** The next statement: the one that starts first after the comment; of several that start there the longest. */
function statementBelow(comment: Comment, statements: readonly Span[]): Span | null {
  let below: Span | null = null;
  for (const span of statements) {
    if (span.start < comment.span.end) continue;
    if (below === null || span.start < below.start || (span.start === below.start && span.end > below.end))
      below = span;
  }
  return below;
}

/** Items, settings, layers, arms and claims. */
function statementSpans(file: File): Span[] {
  return file.items.flatMap((item) => [item.span, ...partsOf(item)]);
}

function partsOf(item: Item): Span[] {
  switch (item.kind) {
    case "experiment":
    case "dataset":
    case "names":
    case "curriculum":
    case "train":
      return item.settings.map(({ span }) => span);
    case "compare":
      return item.arms.map(({ span }) => span);
    case "expect":
      return item.claims.map(({ span }) => span);
    case "block":
    case "model":
      return bodySpans(item.body);
    default:
      return [];
  }
}

function bodySpans(body: Body): Span[] {
  return body.statements.flatMap((statement) => {
    if (statement.kind !== "layer") return [statement.span];
    const { layer } = statement;
    if (layer.kind === "call") return [statement.span];
    const inner = bodySpans(layer.body);
    const shortcut =
      layer.kind === "residual" && layer.shortcut !== null ? bodySpans(layer.shortcut.body) : [];
    return [statement.span, ...inner, ...shortcut];
  });
}

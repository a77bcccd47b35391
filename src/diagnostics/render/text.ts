import { plural, printable } from "../../base/format.js";
import type { Diagnostic, Severity } from "../diagnostic.js";
import { alikeText, type Folded, fold } from "./fold.js";
import { codeFrame, type FrameLabel, gutterWidth } from "./frame.js";
import { wrap } from "./wrap.js";

export interface TextOptions {
  readonly color: boolean;
  /** Columns of the window; lines of source are cut to it. */
  readonly width: number;
}

/** Errors shown of one file, and warnings of all, unless everything is asked for. */
const shownErrors = 20;
const shownWarnings = 10;
/** With more errors than this, warnings would bury them: they wait until few are left. */
const errorsThatHideWarnings = 5;
const shownNotes = 3;
const shownHelps = 2;

/**
 * Diagnostics as people read them: message, place, the lines concerned, why, and what to do. What is said of several
 * lines in the same words is said once; of many, the first are shown, and how many there are more. With `all`,
 * everything is shown, each by itself.
 */
export function renderText(diagnostics: readonly Diagnostic[], options: TextOptions, all = false): string {
  const folded = all ? diagnostics.map((diagnostic) => ({ diagnostic, alike: [] })) : fold(diagnostics);
  const errors = folded.filter(({ diagnostic }) => diagnostic.severity === "error");
  const others = folded.filter(({ diagnostic }) => diagnostic.severity !== "error");
  const buried = !all && count(errors) > errorsThatHideWarnings;
  const shown = new Set([
    ...errors.slice(0, all ? undefined : shownErrors),
    ...others.slice(0, all ? undefined : buried ? 0 : shownWarnings),
  ]);
  const blocks = folded
    .filter((each) => shown.has(each))
    .map(({ diagnostic, alike }) => renderDiagnostic(diagnostic, options, alike));
  const left = (of: readonly Folded[]) => count(of.filter((each) => !shown.has(each)));
  const more = [
    ...(left(errors) > 0 ? [plural(left(errors), "more error")] : []),
    ...(left(others) > 0 ? [plural(left(others), buried ? "warning" : "more warning")] : []),
  ];
  if (more.length > 0) blocks.push(`… and ${more.join(", ")} (lerac check --all)\n`);
  return blocks.join("\n");
}

function count(folded: readonly Folded[]): number {
  return folded.reduce((sum, { alike }) => sum + 1 + alike.length, 0);
}

/** One diagnostic; `alike` are those that say the same of other lines. */
export function renderDiagnostic(
  diagnostic: Diagnostic,
  options: TextOptions,
  alike: readonly Diagnostic[] = [],
): string {
  const { at, code, severity, notes, helps } = diagnostic;
  const paint = painter(options.color);
  const lines = [
    `${paint(severity, `${severity}[${code}]`)}: ${printable(diagnostic.message)}${alikeText(alike)}`,
  ];
  const labels: FrameLabel[] = [
    ...(at !== null && "span" in at ? [{ ...at, primary: true }] : []),
    ...diagnostic.secondary.map((label) => ({ ...label, primary: false })),
  ];
  const gutter = gutterWidth(labels);
  if (at !== null && "place" in at) lines.push(`  --> ${printable(at.place)}`);
  for (const [i, source] of [...new Set(labels.map((label) => label.span.source))].entries()) {
    const here = labels.filter((label) => label.span.source === source);
    const { line, column } = source.position((here[0] as FrameLabel).span.start);
    lines.push(
      `  ${i === 0 && !(at && "place" in at) ? "-->" : ":::"} ${printable(source.name)}:${line}:${column}`,
    );
    lines.push(...codeFrame(source, here, gutter, options.width, (marks) => paint(severity, marks)));
  }
  const remark = (kind: string, text: string) => {
    const prefix = `${" ".repeat(gutter)} = ${kind}: `;
    const rows = wrap(printable(text), Math.max(20, options.width - prefix.length));
    lines.push(...rows.map((row, i) => `${i === 0 ? prefix : " ".repeat(prefix.length)}${row}`));
  };
  for (const note of notes.slice(0, shownNotes)) remark("note", note);
  for (const help of helps.slice(0, shownHelps)) remark("help", help.text);
  return `${lines.join("\n")}\n`;
}

type Painter = (severity: Severity, text: string) => string;

function painter(color: boolean): Painter {
  const codes = { error: 31, warning: 33, note: 36 };
  return (severity, text) => (color ? `\u001b[${codes[severity]}m${text}\u001b[39m` : text);
}

import stringWidth from "string-width";
import { plural, printable } from "../../base/format.js";
import type { Diagnostic, Label, Severity } from "../diagnostic.js";
import type { SourceFile } from "../source.js";

export interface TextOptions {
  readonly color: boolean;
  /** Columns of the window; lines of source are cut to it. */
  readonly width: number;
}

/** Errors shown of one file, and warnings of all, unless everything is asked for. */
const shownErrors = 20;
const shownWarnings = 10;
const shownNotes = 3;
const shownHelps = 2;

/** Diagnostics as people read them: message, place, the lines concerned, why, and what to do. */
export function renderText(diagnostics: readonly Diagnostic[], options: TextOptions, all = false): string {
  const errors = diagnostics.filter((d) => d.severity === "error");
  const warnings = diagnostics.filter((d) => d.severity !== "error");
  // Warnings would bury errors: they wait until few are left.
  const hidden = errors.length > 5 && !all ? warnings : warnings.slice(all ? undefined : shownWarnings);
  const shown = diagnostics.filter((d) =>
    d.severity === "error" ? all || errors.indexOf(d) < shownErrors : !hidden.includes(d),
  );
  const blocks = shown.map((d) => renderDiagnostic(d, options));
  const more = errors.length - shown.filter((d) => d.severity === "error").length;
  if (more > 0) blocks.push(`… and ${plural(more, "more error")} (lerac check --all)\n`);
  return blocks.join("\n");
}

/** "2 errors, 1 warning in 1 file". */
export function countText(diagnostics: readonly Diagnostic[], files: number): string {
  const errors = diagnostics.filter((d) => d.severity === "error").length;
  const warnings = diagnostics.filter((d) => d.severity === "warning").length;
  const parts = [plural(errors, "error"), ...(warnings > 0 ? [plural(warnings, "warning")] : [])];
  return `${parts.join(", ")} in ${plural(files, "file")}`;
}

export function renderDiagnostic(diagnostic: Diagnostic, options: TextOptions): string {
  const paint = painter(options.color);
  const head = paint(diagnostic.severity, `${diagnostic.severity}[${diagnostic.code}]`);
  const lines = [`${head}: ${printable(diagnostic.message)}`];
  const labels = [
    ...(diagnostic.at !== null && "span" in diagnostic.at ? [{ ...diagnostic.at, primary: true }] : []),
    ...diagnostic.secondary.map((label) => ({ ...label, primary: false })),
  ];
  if (diagnostic.at !== null && "place" in diagnostic.at)
    lines.push(`  --> ${printable(diagnostic.at.place)}`);
  const primary = labels[0];
  if (primary !== undefined) {
    const { source } = primary.span;
    const position = source.position(primary.span.start);
    lines.push(`  --> ${printable(source.name)}:${position.line}:${position.column}`);
    const here = labels.filter((label) => label.span.source === source);
    lines.push(...codeFrame(source, here, options, paint));
    for (const other of labels.filter((label) => label.span.source !== source)) {
      const place = other.span.source.position(other.span.start);
      lines.push(`  ::: ${printable(other.span.source.name)}:${place.line}:${place.column}`);
      lines.push(...codeFrame(other.span.source, [other], options, paint));
    }
  }
  const gutter = " ".repeat(Math.max(2, gutterWidth(labels)));
  for (const note of diagnostic.notes.slice(0, shownNotes))
    lines.push(`${gutter} = note: ${printable(note)}`);
  for (const help of diagnostic.helps.slice(0, shownHelps))
    lines.push(`${gutter} = help: ${printable(help.text)}`);
  return `${lines.join("\n")}\n`;
}

type Painter = (severity: Severity, text: string) => string;

function painter(color: boolean): Painter {
  const codes = { error: 31, warning: 33, note: 36 };
  return (severity, text) => (color ? `\u001b[${codes[severity]}m${text}\u001b[39m` : text);
}

interface FrameLabel extends Label {
  readonly primary: boolean;
}

function gutterWidth(labels: readonly Label[]): number {
  return Math.max(0, ...labels.map(({ span }) => `${span.source.position(span.start).line}`.length));
}

/** The labelled lines in order, each with its markers below; `...` where lines between them are left out. */
function codeFrame(
  source: SourceFile,
  labels: readonly FrameLabel[],
  options: TextOptions,
  paint: Painter,
): string[] {
  const width = Math.max(2, gutterWidth(labels));
  const byLine = new Map<number, FrameLabel[]>();
  for (const label of labels) {
    const { line } = source.position(label.span.start);
    byLine.set(line, [...(byLine.get(line) ?? []), label]);
  }
  const lines: string[] = [];
  let previous: number | null = null;
  for (const line of [...byLine.keys()].sort((a, b) => a - b)) {
    if (previous !== null && line > previous + 1) lines.push("...");
    previous = line;
    const onLine = (byLine.get(line) ?? []).sort((a, b) => a.span.start - b.span.start);
    const first = onLine[0] as FrameLabel;
    const window = visiblePart(source, line, first, options.width - width - 3);
    lines.push(`${String(line).padStart(width)} | ${window.text}`.trimEnd());
    for (const label of onLine) {
      const from = window.column(label.span.start);
      const to = Math.max(from + 1, window.column(Math.min(label.span.end, window.end)));
      const marks = (label.primary ? "^" : "-").repeat(to - from);
      const painted = label.primary ? paint("error", marks) : marks;
      const text = label.text === "" ? "" : ` ${printable(label.text)}`;
      lines.push(`${" ".repeat(width)} | ${" ".repeat(from)}${painted}${text}`);
    }
  }
  return lines;
}

/** A line of source made printable and cut around a label, with a map from offsets to columns of the screen. */
function visiblePart(source: SourceFile, line: number, label: Label, width: number) {
  const raw = source.lineText(line);
  const start = source.lineStart(line);
  const cells: { offset: number; text: string; width: number }[] = [];
  for (const { segment, index } of new Intl.Segmenter("en").segment(raw)) {
    const text = segment === "\t" ? "    " : printable(segment);
    cells.push({ offset: start + index, text, width: stringWidth(text) });
  }
  const total = cells.reduce((sum, cell) => sum + cell.width, 0);
  let from = 0;
  let to = cells.length;
  if (total > width && width > 20) {
    const center = cells.findIndex((cell) => cell.offset >= label.span.start);
    const at = center === -1 ? cells.length : center;
    from = Math.max(0, at - Math.floor(width / 3));
    let used = 0;
    to = from;
    while (to < cells.length && used + (cells[to]?.width ?? 0) <= width - 2) used += cells[to++]?.width ?? 0;
  }
  const shown = cells.slice(from, to);
  const text = `${from > 0 ? "…" : ""}${shown.map((cell) => cell.text).join("")}${to < cells.length ? "…" : ""}`;
  const column = (offset: number) => {
    let columns = from > 0 ? 1 : 0;
    for (const cell of shown) {
      if (cell.offset >= offset) break;
      columns += cell.width;
    }
    return columns;
  };
  return { text, column, end: start + raw.length };
}

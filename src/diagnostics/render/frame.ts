import { cells } from "../../base/cells.js";
import { printable } from "../../base/format.js";
import type { Label } from "../diagnostic.js";
import type { SourceFile } from "../source.js";
import { type Extent, showLine } from "./source-line.js";
import { wrap } from "./wrap.js";

export interface FrameLabel extends Label {
  readonly primary: boolean;
}

/** What is underlined on one line. A label over several lines marks its first, with its words, and its last. */
interface Mark extends Extent {
  readonly text: string;
  readonly primary: boolean;
}

/** Columns for line numbers: at least two. */
export function gutterWidth(labels: readonly Label[]): number {
  return Math.max(2, ...labels.map(({ span }) => `${span.source.position(span.end).line}`.length));
}

/**
 * The labelled lines in order, each with its markers below, `^` for the primary label and `-` for others; `...` where
 * more than one line between them is left out.
 *
 * @param columns width of the whole frame
 * @param paint colours the primary marks
 */
export function codeFrame(
  source: SourceFile,
  labels: readonly FrameLabel[],
  gutter: number,
  columns: number,
  paint: (marks: string) => string,
): string[] {
  const width = Math.max(20, columns - gutter - 3);
  const byLine = marksByLine(source, labels);
  const lines: string[] = [];
  let previous: number | null = null;
  for (const line of [...byLine.keys()].sort((a, b) => a - b)) {
    const marks = byLine.get(line) ?? [];
    // A gap of one line takes no more room than the line itself.
    if (previous !== null && line === previous + 2) {
      const between = { start: source.lineStart(line - 1), end: source.lineStart(line - 1) };
      const { text } = showLine(source, line - 1, between, [], width);
      lines.push(`${String(line - 1).padStart(gutter)} | ${text}`.trimEnd());
    } else if (previous !== null && line > previous + 2) lines.push("...");
    previous = line;
    const focus = marks.find((mark) => mark.primary) ?? (marks[0] as Mark);
    const shown = showLine(source, line, focus, marks, width);
    lines.push(`${String(line).padStart(gutter)} | ${shown.text}`.trimEnd());
    for (const mark of marks) {
      const from = shown.column(mark.start);
      const length = Math.max(1, shown.column(mark.end) - from);
      for (const row of markRows(mark, from, length, width, paint))
        lines.push(`${" ".repeat(gutter)} | ${row}`.trimEnd());
    }
  }
  return lines;
}

function marksByLine(source: SourceFile, labels: readonly FrameLabel[]): Map<number, Mark[]> {
  const byLine = new Map<number, Mark[]>();
  const add = (line: number, mark: Mark) => byLine.set(line, [...(byLine.get(line) ?? []), mark]);
  for (const { span, text, primary } of labels) {
    const first = source.position(span.start).line;
    // A span that ends with a line end ends on that line, not on the next.
    const last = Math.max(first, source.position(Math.max(span.start, span.end - 1)).line);
    const lineEnd = (line: number) => source.lineStart(line) + source.lineText(line).trimEnd().length;
    add(first, { start: span.start, end: first === last ? span.end : lineEnd(first), text, primary });
    if (last > first) {
      const indent = source.lineText(last).search(/\S/);
      const start = source.lineStart(last) + Math.max(0, indent);
      add(last, { start, end: Math.min(span.end, lineEnd(last)), text: "", primary });
    }
  }
  for (const marks of byLine.values())
    marks.sort((a, b) => a.start - b.start || Number(b.primary) - Number(a.primary));
  return byLine;
}

/** The marks with their words behind them, or below them where the window is too narrow. */
function markRows(
  mark: Mark,
  from: number,
  length: number,
  width: number,
  paint: (marks: string) => string,
): string[] {
  const visible = Math.min(length, Math.max(1, width - from));
  const marks = (mark.primary ? "^" : "-").repeat(visible);
  const row = `${" ".repeat(from)}${mark.primary ? paint(marks) : marks}`;
  const text = printable(mark.text);
  if (text === "") return [row];
  if (from + visible + 1 + cells(text) <= width) return [`${row} ${text}`];
  const indent = Math.max(0, Math.min(from, width - cells(text)));
  return [row, ...wrap(text, width - indent).map((line) => `${" ".repeat(indent)}${line}`)];
}

import type { Glyphs } from "../glyphs.js";
import type { Series } from "../series.js";
import { type Line, padLeft, type Span, type Style, span } from "../text.js";
import { formatEpoch } from "../wording.js";
import { type AxisRange, rowOf, tickLabel, ticks } from "./axis.js";
import { columnOf, drawCurve, drawSmoothed, type TimeWindow } from "./curve.js";
import { Raster } from "./raster.js";

export interface ChartInput {
  readonly train: Series;
  readonly val: Series;
  readonly seams: readonly number[];
  readonly window: TimeWindow;
  /** Weight of the smoothed curve that is laid over the raw one; 0 for none. */
  readonly smoothing: number;
  /** A moment that is marked; null for none. */
  readonly cursor: number | null;
  /** Null while there is nothing to show. */
  readonly axis: AxisRange | null;
  /** Labels as percentages. */
  readonly share: boolean;
  /** Size in characters, with labels and, where there is one, the time axis. */
  readonly width: number;
  readonly height: number;
  readonly timeAxis: boolean;
  readonly labelWidth: number;
  /** Which values are labelled: round ones, or the two ends of the axis. */
  readonly labels: "ticks" | "ends";
}

/** The rows of a chart: curve over labels, validation as marks on top, the time axis below. */
export function chartLines(input: ChartInput, glyphs: Glyphs): Line[] {
  const { width, labelWidth, window, axis } = input;
  const columns = width - labelWidth - 1;
  const rows = input.height - (input.timeAxis ? 1 : 0);
  const raw = new Raster(columns, rows, glyphs.ascii);
  const smooth = new Raster(columns, rows, glyphs.ascii, glyphs.smooth);
  const marks = new Map<string, { text: string; style: Style }>();
  const mark = (x: number, row: number, text: string, style: Style) => {
    if (x >= window.from && x <= window.to)
      marks.set(`${columnOf(x, window, columns)},${row}`, { text, style });
  };
  const cursor = cursorColumn(input, columns);
  if (axis !== null) {
    drawCurve(raw, input.train, window, axis);
    if (input.smoothing > 0) drawSmoothed(smooth, input.train, window, axis, input.smoothing);
    for (const seam of input.seams) {
      for (let row = 0; row < rows; row++) mark(seam, row, glyphs.axis.seam, "dim");
    }
    for (let i = input.val.indexAt(window.from); i < input.val.length; i++) {
      const { x, last } = input.val.at(i);
      const row = rowOf(Math.min(axis.high, Math.max(axis.low, last)), axis, rows);
      if (row !== null) mark(x, row, glyphs.val, "val");
    }
  }
  const cell = (column: number, row: number): Span => {
    const marked = marks.get(`${column},${row}`);
    if (marked !== undefined) return marked;
    const over = smooth.character(column, row);
    if (over !== null) return span(over, "train");
    const under = raw.character(column, row);
    if (under !== null) return span(under, input.smoothing > 0 ? "dim" : "train");
    return column === cursor ? span(glyphs.axis.cursor, "now") : span(" ", "train");
  };
  const labels = labelsOf(input, rows);
  const lines: Line[] = [];
  for (let row = 0; row < rows; row++) {
    const label = labels.get(row);
    const edge = label === undefined ? glyphs.axis.vertical : glyphs.axis.tick;
    lines.push([
      span(padLeft(label ?? "", labelWidth), "dim"),
      span(edge, "border"),
      ...joined(Array.from({ length: columns }, (_, column) => cell(column, row))),
    ]);
  }
  if (input.timeAxis) lines.push(timeAxisLine(input, columns, cursor, glyphs));
  return lines;
}

function labelsOf(input: ChartInput, rows: number): Map<number, string> {
  const labels = new Map<number, string>();
  const { axis } = input;
  if (axis === null) return labels;
  const values = input.labels === "ends" ? [axis.high, axis.low] : ticks(axis, rows);
  for (const value of values) {
    const row = rowOf(value, axis, rows);
    const text = input.labels === "ends" && !input.share ? Number(value.toPrecision(2)) : value;
    if (row !== null) labels.set(row, tickLabel(text, input.share));
  }
  return labels;
}

/** The column of the cursor; null where it is not in the window, or there is none. */
function cursorColumn({ cursor, window }: ChartInput, columns: number): number | null {
  if (cursor === null || cursor < window.from || cursor > window.to) return null;
  return columnOf(cursor, window, columns);
}

/** Cells with neighbours of one style as one span. */
function joined(cells: readonly Span[]): Span[] {
  const spans: Span[] = [];
  for (const { text, style } of cells) {
    const last = spans.at(-1);
    if (last?.style === style) spans[spans.length - 1] = { text: last.text + text, style };
    else spans.push({ text, style });
  }
  return spans;
}

/** `└0─────────────1.2───────────2.41`, with a mark where a loss was not a number. */
function timeAxisLine(input: ChartInput, columns: number, cursor: number | null, glyphs: Glyphs): Line {
  const cells = Array.from({ length: columns }, () => glyphs.border.horizontal);
  const { from, to } = input.window;
  const write = (text: string, at: number) => {
    for (let i = 0; i < text.length; i++) cells[at + i] = text.charAt(i);
  };
  const left = formatEpoch(Number(from.toFixed(2)));
  const right = formatEpoch(Number(to.toFixed(2)));
  const middle = formatMiddle((from + to) / 2, to - from);
  // A mark of the cursor in the middle of a number would make another number of it.
  if (cursor === null && left.length + middle.length + right.length + 4 <= columns) {
    write(middle, Math.floor(columns / 2) - Math.ceil(middle.length / 2));
  }
  if (to > from) {
    write(left, 0);
    write(right, columns - right.length);
  }
  const gaps = new Set(
    input.train.gaps.filter((x) => x >= from && x <= to).map((x) => columnOf(x, input.window, columns)),
  );
  const spans: Span[] = [span(padLeft("", input.labelWidth)), span(glyphs.axis.corner, "border")];
  for (const [column, cell] of cells.entries()) {
    if (column === cursor) spans.push(span(glyphs.cursorMark, "now"));
    else spans.push(gaps.has(column) ? span(glyphs.axis.gap, "error") : span(cell, "dim"));
  }
  return spans;
}

/** The middle of the time axis, with as many decimals as its length asks for. */
function formatMiddle(epoch: number, length: number): string {
  if (length >= 20) return epoch.toFixed(0);
  return length >= 1 ? epoch.toFixed(1) : epoch.toFixed(2);
}

import { cells, graphemes } from "../base/cells.js";

export { cells };

/** How a piece of text looks; `theme.ts` says what that means on a terminal. */
export type Style =
  | "text"
  | "dim"
  | "border"
  | "title"
  | "train"
  | "val"
  | "ok"
  | "warn"
  | "error"
  | "now"
  | `heat${HeatStep}`;

export type HeatStep = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;

export interface Span {
  readonly text: string;
  readonly style: Style;
}

/** One row of the screen, from left to right. */
export type Line = readonly Span[];

export function span(text: string, style: Style = "text"): Span {
  return { text, style };
}

export function lineCells(line: Line): number {
  return line.reduce((sum, part) => sum + cells(part.text), 0);
}

/** A text cut to at most `width` cells at a grapheme border, with `ellipsis` where something is missing. */
export function cut(text: string, width: number, ellipsis = "…"): string {
  if (cells(text) <= width) return text;
  const room = width - cells(ellipsis);
  if (room < 0) return "";
  let kept = "";
  let used = 0;
  for (const { segment } of graphemes(text)) {
    used += cells(segment);
    if (used > room) break;
    kept += segment;
  }
  return kept + ellipsis;
}

/** A text cut in its middle, where both of its ends matter: `layer3…conv2`. */
export function cutMiddle(text: string, width: number, ellipsis = "…"): string {
  if (cells(text) <= width) return text;
  const room = width - cells(ellipsis);
  if (room < 2) return cut(text, width, ellipsis);
  const parts = [...graphemes(text)].map((part) => part.segment);
  const head = takeCells(parts, Math.ceil(room / 2));
  const tail = takeCells([...parts].reverse(), Math.floor(room / 2)).reverse();
  return head.join("") + ellipsis + tail.join("");
}

function takeCells(parts: readonly string[], width: number): string[] {
  const taken: string[] = [];
  let used = 0;
  for (const part of parts) {
    used += cells(part);
    if (used > width) break;
    taken.push(part);
  }
  return taken;
}

/** Exactly `width` cells: cut, or filled up with spaces on its right. */
export function padRight(text: string, width: number, ellipsis = "…"): string {
  const fitting = cut(text, width, ellipsis);
  return fitting + " ".repeat(Math.max(0, width - cells(fitting)));
}

export function padLeft(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - cells(text))) + text;
}

/** A line of exactly `width` cells. */
export function fitLine(line: Line, width: number, ellipsis = "…"): Line {
  const fitted: Span[] = [];
  let used = 0;
  for (const part of line) {
    const room = width - used;
    if (room <= 0) break;
    const text = cut(part.text, room, ellipsis);
    fitted.push({ text, style: part.style });
    used += cells(text);
    if (text !== part.text) break;
  }
  if (used < width) fitted.push(span(" ".repeat(width - used)));
  return fitted;
}

/** `left` and `right` at the two ends of a line of `width` cells; the left one gives way. */
export function justify(left: Line, right: Line, width: number, ellipsis = "…"): Line {
  const rightCells = lineCells(right);
  if (rightCells + 1 > width) return fitLine(right, width, ellipsis);
  const room = width - rightCells;
  // The space between both belongs to the left part, so that it is never cut against the right one.
  return [
    ...fitLine(fitLine(left, Math.max(0, Math.min(room - 1, lineCells(left))), ellipsis), room),
    ...right,
  ];
}

/** Between facts on a line. */
const factGap = "   ";

/** The first facts, as many as fit into `width` cells whole; one at least. */
export function fittingFacts(facts: readonly string[], width: number): string {
  const shown = [...facts];
  while (shown.length > 1 && cells(shown.join(factGap)) > width) shown.pop();
  return shown.join(factGap);
}

/** Facts on as few rows of at most `width` cells as hold them; none is broken that fits a row. */
export function wrapFacts(line: string, width: number, indent: string): string[] {
  const rows: string[] = [];
  for (const fact of line.split(factGap)) {
    const last = rows.at(-1);
    const row = last === undefined ? fact : indent + fact;
    if (last !== undefined && cells(last + factGap + fact) <= width)
      rows[rows.length - 1] = last + factGap + fact;
    else rows.push(...(cells(row) <= width ? [row] : wrap(row, width, indent)));
  }
  return rows;
}

/** A space that may be broken at: not the one between a number and its unit. */
const breakable = / (?!(?:[kMG]?B|s|min|h)\b|%)/;

/** A text broken at spaces into rows of at most `width` cells; rows after the first are indented. */
export function wrap(text: string, width: number, indent: string): string[] {
  const rows: string[] = [];
  let row = "";
  for (const word of text.split(breakable)) {
    const joined = row === "" ? word : `${row} ${word}`;
    if (cells(joined) <= width || row.trim() === "") {
      row = joined;
    } else {
      rows.push(row);
      row = indent + word;
    }
  }
  rows.push(row);
  return rows.map((line) => cut(line, width));
}

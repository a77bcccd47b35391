import { cells, graphemes } from "../../base/cells.js";
import { printable } from "../../base/format.js";
import type { SourceFile } from "../source.js";

/** A part of a line, in offsets of its file. */
export interface Extent {
  readonly start: number;
  readonly end: number;
}

/** A line as the screen shows it, with a map from offsets of the file to columns of the screen. */
export interface ShownLine {
  readonly text: string;
  /** Column from 0; offsets left or right of what is shown lie at its ends. */
  column(offset: number): number;
}

interface Cell {
  readonly offset: number;
  readonly text: string;
  readonly width: number;
}

/** How a tab is shown. */
const tab = "    ";

/**
 * A line of source made safe for a terminal (control characters as escapes, a tab as four columns, wide characters as
 * two) and cut with `…` to `width` columns, so that `focus` is seen, and with it all of `marked` where that fits.
 */
export function showLine(
  source: SourceFile,
  line: number,
  focus: Extent,
  marked: readonly Extent[],
  width: number,
): ShownLine {
  const raw = source.lineText(line);
  const lineStart = source.lineStart(line);
  const near = clip(raw, focus.start - lineStart, width);
  const all = cellsOf(raw.slice(near.from, near.to), lineStart + near.from);
  const last = Math.max(focus.end, ...marked.map(({ end }) => end));
  const [from, to] = window(all, focus, last, width, near.from > 0, near.to < raw.length);
  const shown = all.slice(from, to);
  const cutLeft = near.from > 0 || from > 0;
  const cutRight = near.to < raw.length || to < all.length;
  const text = `${cutLeft ? "…" : ""}${shown.map((cell) => cell.text).join("")}${cutRight ? "…" : ""}`;
  return {
    text,
    column(offset) {
      let columns = cutLeft ? 1 : 0;
      for (const cell of shown) {
        if (cell.offset >= offset) break;
        columns += cell.width;
      }
      return columns;
    },
  };
}

/** What can be seen around a place at all: lines may have a million characters, and graphemes take time. */
function clip(raw: string, center: number, width: number): { from: number; to: number } {
  const limit = 8 * width;
  if (raw.length <= 2 * limit) return { from: 0, to: raw.length };
  return { from: border(raw, center - limit), to: border(raw, center + limit) };
}

/** The nearest place at or before an offset that splits no surrogate pair. */
function border(text: string, offset: number): number {
  const within = Math.max(0, Math.min(text.length, offset));
  const code = text.charCodeAt(within);
  return code >= 0xdc00 && code <= 0xdfff && within > 0 ? within - 1 : within;
}

function cellsOf(text: string, start: number): Cell[] {
  return Array.from(graphemes(text), ({ segment, index }) => {
    const shown = segment === "\t" ? tab : printable(segment);
    return { offset: start + index, text: shown, width: cells(shown) };
  });
}

/** Indices of the cells that are shown: all, the beginning, or the focus with a third of the width before it. */
function window(
  cells: readonly Cell[],
  focus: Extent,
  last: number,
  width: number,
  clippedLeft: boolean,
  clippedRight: boolean,
): readonly [number, number] {
  const total = sum(cells);
  if (total <= width && !clippedLeft && !clippedRight) return [0, cells.length];
  const needed = sum(cells.filter((cell) => cell.offset < last));
  const found = cells.findIndex((cell) => cell.offset >= focus.start);
  const center = found === -1 ? cells.length : found;
  let from = 0;
  if (clippedLeft || needed > width - 1) {
    let before = 0;
    from = center;
    while (from > 0 && before + (cells[from - 1]?.width ?? 0) <= Math.floor(width / 3)) {
      from--;
      before += cells[from]?.width ?? 0;
    }
  }
  let to = from;
  let used = 0;
  while (to < cells.length && used + (cells[to]?.width ?? 0) <= width - 2) used += cells[to++]?.width ?? 0;
  return [from, to];
}

function sum(cells: readonly Cell[]): number {
  return cells.reduce((columns, cell) => columns + cell.width, 0);
}

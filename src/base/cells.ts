import { wideCells } from "./wide-cells.js";

/** ASCII, and the arrows, boxes, blocks, marks and braille that screens are drawn with: one cell each, and nearly all there is. */
const oneCellEach = /^[\x20-\x7e·×…‖→↓↻≤≥✓✗\u2500-\u25fc\u2800-\u28ff]*$/;

/** Whether every UTF-16 unit of a text is one cell of a terminal. */
export function isOneCellEach(text: string): boolean {
  return oneCellEach.test(text);
}

/** Terminal cells that a text takes: East Asian wide and emoji 2, combining 0, ambiguous 1. */
export function cells(text: string): number {
  return isOneCellEach(text) ? text.length : wideCells(text);
}

/** A text filled up with spaces on its right to `width` cells; a longer one stays as it is. */
export function padCells(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - cells(text)));
}

let segmenter: Intl.Segmenter | undefined;

/** The graphemes of a text. What knows of them is made when a text first needs it: that takes longer than a picture. */
export function graphemes(text: string): Iterable<{ readonly segment: string; readonly index: number }> {
  if (isOneCellEach(text)) return Array.from(text, (segment, index) => ({ segment, index }));
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return segmenter.segment(text);
}

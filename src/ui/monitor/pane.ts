import type { Glyphs } from "../glyphs.js";
import { fitLine, type Line, lineCells, span } from "../text.js";

/** A framed pane of exactly `width` by `height`: title on the left of its upper border, facts on the right. */
export function pane(
  title: string,
  right: Line,
  rows: readonly Line[],
  size: { readonly width: number; readonly height: number },
  glyphs: Glyphs,
): Line[] {
  const { border } = glyphs;
  const inner = size.width - 2;
  const facts: Line = right.length === 0 ? [] : [span(" "), ...right, span(" ")];
  const room = inner - title.length - 2;
  const shownFacts = lineCells(facts) <= room ? facts : [];
  const line = border.horizontal.repeat(Math.max(0, room - lineCells(shownFacts)));
  const lines: Line[] = [
    [
      span(border.topLeft, "border"),
      span(` ${title} `, "title"),
      span(line, "border"),
      ...shownFacts,
      span(border.topRight, "border"),
    ],
  ];
  for (let row = 0; row < size.height - 2; row++) {
    lines.push([
      span(border.vertical, "border"),
      ...fitLine(rows[row] ?? [], inner, glyphs.ellipsis),
      span(border.vertical, "border"),
    ]);
  }
  lines.push([
    span(border.bottomLeft, "border"),
    span(border.horizontal.repeat(inner), "border"),
    span(border.bottomRight, "border"),
  ]);
  return lines;
}

import type { Glyphs } from "../glyphs.js";
import { fitLine, type Line, lineCells, span } from "../text.js";
import type { Frame } from "./frame.js";
import type { PaneName } from "./view.js";

/** A pane's title, marked where the pane is the chosen one. */
export function paneTitle(frame: Frame, name: PaneName, title: string): string {
  return frame.view.pane === name ? `${frame.glyphs.selected} ${title}` : title;
}

/** A line with one space on either side, nothing for nothing. */
function spaced(line: Line): Line {
  const [first, ...rest] = line;
  return first === undefined ? [] : [{ ...first, text: ` ${first.text.trimStart()}` }, ...rest, span(" ")];
}

/** In characters, with the frame. */
export interface PaneSize {
  readonly width: number;
  readonly height: number;
}

/**
 * A framed pane of exactly `width` by `height`: title on the left of its upper border, facts on the right. Facts are given
 * in several wordings, the fullest first; the first that has room is shown.
 */
export function pane(
  title: string,
  wordings: readonly Line[],
  rows: readonly Line[],
  size: PaneSize,
  glyphs: Glyphs,
): Line[] {
  const { border } = glyphs;
  const inner = size.width - 2;
  const room = inner - title.length - 2;
  const shownFacts = wordings.map(spaced).find((facts) => lineCells(facts) <= room) ?? [];
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

import { cells } from "../../base/cells.js";

/**
 * Breaks a text into lines of at most `width` columns, at spaces outside of back quotes: names and commands stay whole,
 * so a single long one may stick out. A text that fits stays as it is.
 */
export function wrap(text: string, width: number): string[] {
  if (cells(text) <= width) return [text];
  const lines: string[] = [];
  let line = "";
  for (const [, gap = "", word = ""] of text.matchAll(/(\s*)((?:`[^`]*`|\S)+)/g)) {
    if (line !== "" && cells(line + gap + word) > width) {
      lines.push(line);
      line = word;
    } else line += gap + word;
  }
  return [...lines, line];
}

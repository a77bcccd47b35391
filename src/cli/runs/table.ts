import type { Glyphs } from "../../ui/glyphs.js";
import { cells } from "../../ui/text.js";
import type { Column } from "./columns.js";
import type { RunRow } from "./row.js";

const gap = 2;

/**
 * A table for people: as many columns from the left as fit. A column that is empty in every row is left out.
 * @param width in terminal cells; Infinity: all columns
 * @returns the lines, and the titles of the columns that did not fit
 */
export function listTable(
  rows: readonly RunRow[],
  columns: readonly Column[],
  width: number,
  glyphs: Glyphs,
): { readonly lines: string[]; readonly left: string[] } {
  const filled = columns
    .map((column) => ({ column, texts: rows.map((row) => column.cell(row, glyphs)) }))
    .filter(({ texts }) => texts.some((text) => text !== ""))
    .map(({ column, texts }) => ({
      column,
      texts,
      width: Math.max(cells(column.title), ...texts.map(cells)),
    }));
  let used = 0;
  const fitting = filled.filter((column, i) => {
    used += (i === 0 ? 0 : gap) + column.width;
    // An id and a name are shown however narrow it is.
    return i < 2 || used <= width;
  });
  const line = (text: (column: (typeof fitting)[number]) => string) =>
    fitting
      .map((column) => padded(text(column), column.width, column.column.right ?? false))
      .join(" ".repeat(gap))
      .trimEnd();
  return {
    lines: [
      line(({ column }) => column.title),
      ...rows.map((_, row) => line(({ texts }) => texts[row] ?? "")),
    ],
    left: filled.slice(fitting.length).map(({ column }) => column.title),
  };
}

/** The same for programs: every column, tab-separated, without glyphs. */
export function listTabs(rows: readonly RunRow[], columns: readonly Column[]): string[] {
  return [
    columns.map(({ title }) => title).join("\t"),
    ...rows.map((row) => columns.map((column) => column.cell(row, null)).join("\t")),
  ];
}

function padded(text: string, width: number, right: boolean): string {
  const space = " ".repeat(width - cells(text));
  return right ? space + text : text + space;
}

import { cells, padCells } from "../../base/cells.js";
import { wrap } from "../../diagnostics/render/wrap.js";

/** Width of what `explain` prints: it reads well in every window and in a pull request. */
export const pageWidth = 80;

/** A paragraph, wrapped. */
export function paragraph(text: string, indent = ""): string[] {
  return wrap(text, pageWidth - indent.length).map((line) => `${indent}${line}`);
}

/** Paragraphs, wrapped, and tables, as they are. */
export function markdown(text: string, indent = ""): string[] {
  return text.split("\n\n").flatMap((block, i) => {
    const lines = block.startsWith("|")
      ? indented(block, indent)
      : paragraph(block.replace(/\s+/g, " "), indent);
    return i === 0 ? lines : ["", ...lines];
  });
}

/** Lines of a text, indented; empty ones stay empty. */
export function indented(text: string, indent = "  "): string[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => (line === "" ? "" : `${indent}${line}`));
}

/** Rows in columns, the last one wrapped into what is left of the page. */
export function columns(rows: readonly (readonly string[])[], indent = "  "): string[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: Math.max(0, count - 1) }, (_, i) =>
    Math.max(...rows.map((row) => cells(row[i] ?? ""))),
  );
  const start = indent.length + widths.reduce((sum, width) => sum + width + 3, 0);
  return rows.flatMap((row) => {
    const head = widths.map((width, i) => `${padCells(row[i] ?? "", width)}   `).join("");
    const rest = wrap(row[count - 1] ?? "", Math.max(24, pageWidth - start));
    return rest.map((line, i) => `${i === 0 ? indent + head : " ".repeat(start)}${line}`.trimEnd());
  });
}

import { basename } from "node:path";
import type { LeracError } from "../../diagnostics/index.js";
import type { TableSource } from "../../program/types.js";
import { mismatch, quoted } from "../problems.js";

type TableKind = TableSource["kind"];

/**
 * The kind of table whose first line names all of these columns: that which the text is read as, wherever nothing speaks
 * for another.
 */
export function kindByFirstLine(text: string, readAs: TableKind, columns: readonly string[]): TableKind {
  const [line = ""] = text.split(/\r?\n/, 1);
  const names = (kind: TableKind) => columns.every((column) => namesIn(line, kind).includes(column));
  if (names(readAs)) return readAs;
  return (["csv", "tsv", "jsonl"] as const).find(names) ?? readAs;
}

function namesIn(line: string, kind: TableKind): readonly string[] {
  if (kind === "tsv") return line.split("\t");
  if (kind === "csv") return line.split(",").map((name) => name.replace(/^"(.*)"$/, "$1"));
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? Object.keys(value) : [];
  } catch {
    return [];
  }
}

/** L0306 for a table of one kind that is read as another, because its name or the spec says so. */
export function misnamed(path: string, readAs: TableKind, is: TableKind): LeracError {
  return mismatch(
    path,
    `${quoted(basename(path))} is read as ${readAs}, but its first line is ${firstLines[is]}`,
    [`give the file a name that ends with \`.${is}\`; in a spec, write its source as \`${is}(…)\``],
  );
}

const firstLines: Readonly<Record<TableKind, string>> = {
  csv: "one of csv: columns parted by commas",
  tsv: "one of tsv: columns parted by tabs",
  jsonl: "one of jsonl: an object in braces",
};

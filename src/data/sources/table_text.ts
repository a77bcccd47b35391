import { basename } from "node:path";
import { formatCount } from "../../base/format.js";
import { suggest } from "../../base/suggest.js";
import type { LeracError } from "../../diagnostics/index.js";
import type { TableSource } from "../../program/types.js";
import { damaged, mismatch, quoted } from "../problems.js";
import { kindByFirstLine, misnamed } from "./table_kind.js";

/** One sample: the cells of the columns that were asked for, in that order. */
export interface TableRow {
  /** From 1, for messages: the line of the file in which the row begins. */
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * The rows of a text, with just some of its columns. Separated values have a header line; an object a line (JSON Lines)
 * has members, whose numbers and truth values are taken as they are written.
 *
 * @param path for messages
 * @throws LeracError L0305 for damaged text, L0306 where a column is not there or the text is a table of another kind
 */
export function parseTable(
  text: string,
  kind: TableSource["kind"],
  columns: readonly string[],
  path: string,
): TableRow[] {
  const plain = text.startsWith("\ufeff") ? text.slice(1) : text;
  const seen = kindByFirstLine(plain, kind, columns);
  if (seen !== kind) throw misnamed(path, kind, seen);
  return kind === "jsonl" ? parseObjects(plain, columns, path) : parseSeparated(plain, kind, columns, path);
}

function parseSeparated(
  text: string,
  kind: "csv" | "tsv",
  columns: readonly string[],
  path: string,
): TableRow[] {
  const [header, ...rows] = kind === "csv" ? commaSeparated(text, path) : tabSeparated(text);
  if (header === undefined) throw damaged(path, "is empty: not even a header line");
  const names = header.cells;
  if (columns.some((column) => !names.includes(column))) throw absent(path, columns, names);
  const places = columns.map((column) => names.indexOf(column));
  return rows.map(({ line, cells }) => {
    if (cells.length !== names.length)
      throw damaged(
        path,
        `has ${cells.length} columns in line ${formatCount(line)}, but ${names.length} in its header`,
      );
    return { line, cells: places.map((place) => cells[place] as string) };
  });
}

/** L0306 for a file, or a line of it, without all of the columns that are read; `names` are those it has. */
function absent(path: string, columns: readonly string[], names: readonly string[], where = ""): LeracError {
  const missing = columns.filter((column) => !names.includes(column));
  const others = names.filter((name) => !columns.includes(name));
  const near = missing.flatMap((column) => {
    const found = suggest(column, others).map(quoted).join(" or ");
    if (found === "") return [];
    return missing.length === 1 ? found : `${found} for ${quoted(column)}`;
  });
  return mismatch(
    path,
    `${quoted(basename(path))} has no column${missing.length === 1 ? "" : "s"} ${listed(missing)}${where}`,
    near.length === 0 ? [] : [`did you mean ${near.slice(0, shown).join(", ")}?`],
    [others.length === 0 ? "it has no others" : `its other columns: ${listed(others)}`],
  );
}

/** Columns that a message names at most. */
const shown = 12;

function listed(names: readonly string[]): string {
  const more = names.length - shown;
  return names.slice(0, shown).map(quoted).join(", ") + (more > 0 ? ` and ${formatCount(more)} more` : "");
}

/** Tabs part, line ends end; quotes are characters like others. */
function tabSeparated(text: string): TableRow[] {
  const lines = text.split(/\r?\n/);
  return lines
    .map((cells, index) => ({ line: index + 1, cells: cells.split("\t") }))
    .filter(({ cells }) => cells.length > 1 || cells[0] !== "");
}

/** RFC 4180: a cell in double quotes may hold commas, line ends and, doubled, quotes. Empty lines are passed over. */
function commaSeparated(text: string, path: string): TableRow[] {
  const rows: TableRow[] = [];
  let cells: string[] = [];
  let line = 1;
  let begun = 1;
  const cell = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  while (cell.lastIndex < text.length) {
    const start = cell.lastIndex;
    const match = cell.exec(text);
    if (match === null)
      throw damaged(path, `has a quote out of place in line ${formatCount(line)}`, [
        'a cell with quotes, commas or line ends stands in quotes, and its quotes are doubled: "so ""it"" is"',
      ]);
    const [whole, inQuotes, bare = "", end = ""] = match;
    cells.push(inQuotes?.replaceAll('""', '"') ?? bare);
    line += whole.split("\n").length - 1;
    // A comma at the very end of the text still opens a last, empty cell.
    if (end === ",") {
      if (cell.lastIndex === text.length) cells.push("");
      else continue;
    }
    if (cells.length > 1 || inQuotes !== undefined || bare !== "") rows.push({ line: begun, cells });
    cells = [];
    begun = line;
    if (cell.lastIndex === start) break;
  }
  if (cells.length > 0) rows.push({ line: begun, cells });
  return rows;
}

function parseObjects(text: string, columns: readonly string[], path: string): TableRow[] {
  const rows: TableRow[] = [];
  for (const [index, source] of text.split(/\r?\n/).entries()) {
    if (source.trim() === "") continue;
    const line = index + 1;
    const object = parseObject(source, line, path);
    if (columns.some((column) => !Object.hasOwn(object, column)))
      throw absent(path, columns, Object.keys(object), ` in line ${formatCount(line)}`);
    const cells = columns.map((column) => {
      const value = object[column];
      if (value === null || typeof value === "object")
        throw damaged(path, `has no text, number or truth value as ${quoted(column)} in line ${line}`);
      return String(value);
    });
    rows.push({ line, cells });
  }
  return rows;
}

function parseObject(source: string, line: number, path: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    throw damaged(path, `has no JSON in line ${formatCount(line)}`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw damaged(path, `has no JSON object in line ${formatCount(line)}`);
  return value as Readonly<Record<string, unknown>>;
}

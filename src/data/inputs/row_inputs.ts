import { statSync } from "node:fs";
import { basename, extname } from "node:path";
import { formatCount, plural } from "../../base/format.js";
import type { TableSource } from "../../program/types.js";
import { damaged, empty, mismatch, quoted } from "../problems.js";
import type { ReadableTable } from "../readable.js";
import type { Content } from "../sources/source.js";
import { contentOf, readTableFile, sampleColumns } from "../sources/table.js";
import { parseTable, type TableRow } from "../sources/table_text.js";
import { otherKind, taken } from "./kinds.js";

/** Where `-` is read from: all of it, as text. */
export type ReadStdin = () => Promise<string>;

/**
 * The rows of tables, told by their names' endings, or lines of text: of other files, and of standard input. Where the
 * model takes two texts, a tab parts them in a line.
 */
export async function readRows(
  data: ReadableTable,
  paths: readonly string[],
  stdin: ReadStdin,
): Promise<{ readonly names: readonly string[]; readonly content: Content }> {
  const names: string[] = [];
  const rows: { readonly row: TableRow; readonly path: string }[] = [];
  for (const path of paths) {
    const own = rowsOf(await textOf(path, data, stdin), path, data);
    if (own.length === 0) throw empty(`there is no sample in ${quoted(path)}`, path);
    for (const [index, row] of own.entries()) {
      names.push(`${path}[${index}]`);
      rows.push({ row, path });
    }
  }
  return { names, content: contentOf(rows, data) };
}

async function textOf(path: string, data: ReadableTable, stdin: ReadStdin): Promise<string> {
  if (path !== "-" && isFolder(path))
    throw mismatch(path, `${quoted(path)} is a folder, but the model takes ${taken(data)}`, [
      "name the files in it",
    ]);
  const text = path === "-" ? await stdin() : (await readTableFile(path)).toString("utf8");
  const other = path === "-" ? null : otherKind(path, data);
  if (other !== null) throw other;
  if (text.includes("\0")) throw damaged(path, `holds no text, but the model takes ${taken(data)}`);
  return text;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function rowsOf(text: string, path: string, data: ReadableTable): readonly TableRow[] {
  const columns = sampleColumns(data);
  const kind = tableKind(path) ?? (data.sample.kind === "features" ? data.source.kind : null);
  return kind === null ? linesOf(text, path, columns) : parseTable(text, kind, columns, path);
}

function tableKind(path: string): TableSource["kind"] | null {
  const ending = extname(path).toLowerCase();
  return (["csv", "tsv", "jsonl"] as const).find((kind) => ending === `.${kind}`) ?? null;
}

function linesOf(text: string, path: string, columns: readonly string[]): readonly TableRow[] {
  const rows: TableRow[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const cells = columns.length === 1 ? [line] : line.split("\t");
    if (cells.length !== columns.length)
      throw mismatch(
        path,
        `line ${formatCount(index + 1)} of ${quoted(basename(path))} has ${plural(cells.length, "text")}, but the model takes ${columns.map(quoted).join(" and ")}`,
        ["put a tab between them, or give a table with these columns"],
      );
    rows.push({ line: index + 1, cells });
  }
  return rows;
}

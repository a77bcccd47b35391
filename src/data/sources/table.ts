import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { sha256 } from "../../base/canonical-json.js";
import { formatBytes, formatCount } from "../../base/format.js";
import { damaged, describePurpose, mismatch, missing, type Purpose, quoted } from "../problems.js";
import type { ReadableTable } from "../readable.js";
import { describeFolder, withFile } from "./files.js";
import type { Content, LoadedSamples, LoadRequest, Source, SourceOptions } from "./source.js";
import { parseTable, type TableRow } from "./table_text.js";

const LARGEST_FILE = 400e6;

/** Rows of a table that are samples, and the file they stand in. */
interface Part {
  readonly path: string;
  readonly rows: readonly TableRow[];
  readonly digest: string;
}

/** Files of rows, one a part: a header line and separated values, or an object a line. All of it is kept in memory. */
export function openTable(options: SourceOptions<ReadableTable>): Source {
  return new Table(options);
}

class Table implements Source {
  readonly #options: SourceOptions<ReadableTable>;
  readonly #parts = new Map<string, Part>();

  constructor(options: SourceOptions<ReadableTable>) {
    this.#options = options;
  }

  async partSize(part: string, purpose: Purpose): Promise<number> {
    return (await this.#read(part, purpose)).rows.length;
  }

  async #read(part: string, purpose: Purpose): Promise<Part> {
    const known = this.#parts.get(part);
    if (known !== undefined) return known;
    const { data, folder } = this.#options;
    const path = join(folder, part);
    if (!existsSync(path)) {
      const found = await describeFolder(folder);
      throw missing(purpose, "rows", path, found, `a ${data.source.kind} file of that name`);
    }
    const bytes = await readTableFile(path);
    const columns = [...sampleColumns(data), data.source.label];
    const rows = parseTable(bytes.toString("utf8"), data.source.kind, columns, path);
    const read = { path, rows, digest: sha256(bytes) };
    this.#parts.set(part, read);
    return read;
  }

  async load({ purpose, parts, indices }: LoadRequest): Promise<LoadedSamples> {
    const all: { readonly row: TableRow; readonly path: string }[] = [];
    const files = new Map<string, string>();
    for (const name of parts) {
      const { rows, path, digest } = await this.#read(name, purpose);
      for (const row of rows) all.push({ row, path });
      files.set(name, digest);
    }
    const chosen = Array.from(indices, (index) => all[index] as (typeof all)[number]);
    const { data } = this.#options;
    const learned = chosen.map(({ row, path }) => ({ cell: row.cells.at(-1) as string, row, path }));
    const numeric = data.classes === null;
    return {
      labels: numeric
        ? new Int32Array(0)
        : Int32Array.from(learned, ({ cell, row, path }) => classOf(cell, data, row, path, purpose)),
      targets: numeric
        ? Float32Array.from(learned, ({ cell, row, path }) => numberOf(cell, data.source.label, row, path))
        : null,
      content: contentOf(chosen, data),
      files,
    };
  }
}

/** The columns that a sample is made of. */
export function sampleColumns({ source }: ReadableTable): readonly string[] {
  return source.text.length > 0 ? source.text : source.numbers;
}

/** What rows hold for the model: their first cells, in the order of `sampleColumns`. */
export function contentOf(
  rows: readonly { readonly row: TableRow; readonly path: string }[],
  data: ReadableTable,
): Content {
  const columns = sampleColumns(data);
  if (data.sample.kind === "tokens")
    return { kind: "texts", texts: rows.map(({ row }) => row.cells.slice(0, columns.length)) };
  const values = new Float64Array(rows.length * columns.length);
  for (const [index, { row, path }] of rows.entries())
    for (const [i, column] of columns.entries())
      values[index * columns.length + i] = numberOf(row.cells[i] as string, column, row, path);
  return { kind: "numbers", values };
}

/** The bytes of a file of rows. L0305 if they cannot be had. */
export async function readTableFile(path: string): Promise<Buffer> {
  return withFile(path, async (file, length) => {
    if (length > LARGEST_FILE)
      throw damaged(
        path,
        `is too large for a table: ${formatBytes(length)}; the limit is ${formatBytes(LARGEST_FILE)}`,
      );
    return file.readFile();
  });
}

function numberOf(cell: string, column: string, { line }: TableRow, path: string): number {
  const value = cell.trim() === "" ? Number.NaN : Number(cell);
  if (Number.isFinite(value)) return value;
  const found = cell.trim() === "" ? "nothing" : quoted(cell);
  throw mismatch(
    path,
    `${quoted(basename(path))} has ${found} as ${quoted(column)} in line ${formatCount(line)}, not a number`,
  );
}

function classOf(
  cell: string,
  { classes, classNames }: ReadableTable,
  { line }: TableRow,
  path: string,
  purpose: Purpose,
): number {
  const index =
    classNames !== null ? classNames.indexOf(cell) : /^\d+$/.test(cell.trim()) ? Number(cell) : -1;
  if (index >= 0 && index < (classes ?? 0)) return index;
  const known =
    classNames !== null
      ? classNames.slice(0, 12).map(quoted).join(", ")
      : `numbers from 0 to ${(classes ?? 0) - 1}`;
  throw mismatch(
    path,
    `line ${formatCount(line)} of ${quoted(basename(path))} has the label ${quoted(cell)}, which is no class of ${describePurpose(purpose)}`,
    [`classes are ${known}`],
  );
}

import { formatCount, plural, printable } from "../../base/format.js";
import type { Compiled } from "../../check/index.js";
import {
  countText,
  type Diagnostic,
  renderGithub,
  renderJson,
  renderSarif,
  type SourceFile,
} from "../../diagnostics/index.js";
import type { Terminal } from "../terminal.js";
import { usage } from "../usage.js";
import { packageVersion } from "../version.js";
import type { Fix } from "./fixes.js";

/** What checking one file gave. */
export interface CheckedFile {
  /** As it was typed. */
  readonly file: string;
  /** Null where it could not be read. */
  readonly compiled: Compiled | null;
  readonly diagnostics: readonly Diagnostic[];
  /** What `--fix` has written, in the text of that moment. */
  readonly fixed: readonly Fix[];
}

export const formats = ["text", "json", "sarif", "github"] as const;
export type Format = (typeof formats)[number];

export function readFormat(name: string): Format {
  const format = formats.find((known) => known === name);
  if (format !== undefined) return format;
  throw usage(`there is no format called \`${name}\``, `--format ${name}`, [
    `formats are ${formats.join(", ")}`,
  ]);
}

/** Writes what was found on standard output, in the form asked for. */
export async function writeFindings(
  files: readonly CheckedFile[],
  format: Format,
  all: boolean,
  terminal: Terminal,
): Promise<void> {
  const diagnostics = files.flatMap((file) => file.diagnostics);
  switch (format) {
    case "text":
      for (const file of files) await writeText(file, all, terminal);
      if (diagnostics.length > 0) terminal.answer(countText(diagnostics, files.length));
      else if (files.length > 1) terminal.answer(`${plural(files.length, "file")}, no errors`);
      break;
    case "json": {
      const verdicts = files.map(({ file, diagnostics }) => ({ file, ok: !hasErrors(diagnostics) }));
      terminal.answer(renderJson(diagnostics, verdicts));
      break;
    }
    case "sarif": {
      const { codes } = await import("../../check/codes.js");
      terminal.answer(renderSarif(diagnostics, { version: packageVersion(), codes }));
      break;
    }
    case "github":
      if (diagnostics.length > 0) terminal.answer(renderGithub(diagnostics));
  }
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}

async function writeText(checked: CheckedFile, all: boolean, terminal: Terminal): Promise<void> {
  const { file, compiled, diagnostics, fixed } = checked;
  for (const fix of fixed) terminal.answer(fixLine(fix));
  await terminal.diagnostics(diagnostics, terminal.stdout, all);
  if (hasErrors(diagnostics) || compiled === null) terminal.answer("");
  else terminal.answer(okLine(file, compiled));
}

/** "fixed  fashion.lerac:23:10   `batch_nrom` -> `batch_norm`   L0201". */
function fixLine({ code, edits }: Fix): string {
  const changes = edits.map(({ span, replacement }) => {
    const was = span.source.text.slice(span.start, span.end);
    return was === "" ? `+ ${quoted(replacement)}` : `${quoted(was)} -> ${quoted(replacement)}`;
  });
  const [first] = edits;
  const place = first === undefined ? "" : placeText(first.span.source, first.span.start);
  return `fixed  ${place}   ${changes.join(", ")}   ${code}`;
}

function placeText(source: SourceFile, offset: number): string {
  const { line, column } = source.position(offset);
  return `${printable(source.name)}:${line}:${column}`;
}

function quoted(text: string): string {
  return `\`${printable(text.trim())}\``;
}

/** "ok  examples/01-fashion.lerac   1 model, 1,626,058 parameters, 4 levels". */
function okLine(file: string, { program, models }: Compiled): string {
  const facts =
    program === null
      ? [plural(models.length, "model"), "nothing to train"]
      : [
          plural(models.length, "model"),
          `${formatCount(program.model.parameters)} parameters`,
          plural(program.plan.levels.length, "level"),
        ];
  return `ok  ${printable(file)}   ${facts.join(", ")}`;
}

import type { Diagnostic, Label, SourceFile } from "../../src/diagnostics/index.js";

/**
 * Expectations stand in a spec under the line that they concern, as comments:
 *
 *     until  10 min
 *   #!       ^^^^^^ L0212 `until` needs epochs or steps, not minutes
 *   #!       | clock time
 *   #!       | help: write it as `5 epochs`, `400 steps` or `10%` (of the run)
 *
 * `^` marks what is wrong, `-` a second place that has to do with it, `|` a place between two characters; `…` at the end
 * of the marks says that the place goes on in the next lines. A place in the first two columns, that the `#!` covers, is
 * written `(from column 1)`. What has no place in the file stands above its first line. `fix:` is a help that can be
 * applied by machine. Compiled is the file without these lines; line numbers in messages are those of that file.
 */
const prefix = "#!";

/** `#! with --set width=wide` on the first lines: the file is compiled with it. */
const setting = /^#! with --set (\w+)=(.*)$/;

export interface AnnotatedFile {
  /** The spec as the compiler gets it. */
  readonly text: string;
  readonly set: ReadonlyMap<string, string>;
}

/** A file of the corpus without its expectations. */
export function withoutAnnotations(annotated: string): AnnotatedFile {
  const lines = annotated.split("\n");
  const set = lines.flatMap((line) => {
    const [, name, value] = setting.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value] as const];
  });
  return { text: lines.filter((line) => !line.startsWith(prefix)).join("\n"), set: new Map(set) };
}

/** The spec again, with what was found under the lines that it concerns. */
export function annotated(
  source: SourceFile,
  diagnostics: readonly Diagnostic[],
  set: ReadonlyMap<string, string>,
): string {
  const settings = [...set].map(([name, value]) => `${prefix} with --set ${name}=${value}`);
  const above = diagnostics
    .filter((found) => labelIn(source, found) === null)
    .flatMap((found) => [`${prefix} ${place(found)}${headline(found)}`, ...details(source, found, 1)]);
  const lines = source.text.split("\n").flatMap((line, index) => {
    const start = source.lineStart(index + 1);
    const here = (label: Label) =>
      label.span.source === source && source.position(label.span.start).line === index + 1;
    const notes = diagnostics.flatMap((found) => {
      const primary = labelIn(source, found);
      const first =
        primary !== null && here(primary) ? [primaryLines(source, line, start, found, primary)] : [];
      const others = found.secondary.filter(here).map((label) => ({
        column: label.span.start - start,
        lines: [`${marks(line, start, label, "-")} ${found.code} ${label.text}`.trimEnd()],
      }));
      return [...first, ...others];
    });
    return [line, ...notes.sort((a, b) => a.column - b.column).flatMap((note) => note.lines)];
  });
  return [...settings, ...above, ...lines].join("\n");
}

function primaryLines(source: SourceFile, line: string, start: number, found: Diagnostic, label: Label) {
  const column = label.span.start - start;
  const under = Math.max(prefix.length, column);
  return {
    column,
    lines: [
      `${marks(line, start, label, "^")} ${headline(found)}`,
      ...(label.text === "" ? [] : [bar(line, under, label.text)]),
      ...details(source, found, under, line),
    ],
  };
}

function headline({ severity, code, message }: Diagnostic): string {
  return `${severity === "error" ? "" : `${severity} `}${code} ${message}`;
}

/** Why, what now, and places in other files. */
function details(source: SourceFile, found: Diagnostic, column: number, line = ""): string[] {
  const elsewhere = found.secondary.filter(({ span }) => span.source !== source);
  return [
    ...elsewhere.map((label) => `${positionText(label)} ${label.text}`),
    ...found.notes.map((note) => `note: ${note}`),
    ...found.helps.map(({ text, edits }) => `${edits === undefined ? "help" : "fix"}: ${text}`),
  ].map((text) => bar(line, column, text));
}

function bar(line: string, column: number, text: string): string {
  return `${padded(line, column)}| ${text}`;
}

/** The marks under a place, in the columns of the line above. */
function marks(line: string, start: number, label: Label, mark: string): string {
  const from = label.span.start - start;
  const end = label.span.end - start;
  const runsOn = end > line.length ? "…" : "";
  const to = Math.min(end, line.length);
  const visible = Math.max(prefix.length, from);
  const under = end === label.span.start - start ? "|" : mark.repeat(Math.max(1, to - visible));
  const hidden = from < prefix.length ? ` (from column ${from + 1})` : "";
  return `${padded(line, visible)}${under}${runsOn}${hidden}`;
}

/** The prefix and spaces up to a column; tabs of the line stay tabs. */
function padded(line: string, column: number): string {
  return (
    prefix +
    line
      .slice(prefix.length, column)
      .replace(/[^\t]/g, " ")
      .padEnd(column - prefix.length)
  );
}

function labelIn(source: SourceFile, { at }: Diagnostic): Label | null {
  return at !== null && "span" in at && at.span.source === source ? at : null;
}

function place({ at }: Diagnostic): string {
  if (at === null) return "";
  return "span" in at ? `${positionText(at)} ` : `${at.place} `;
}

function positionText({ span }: Label): string {
  const { line, column } = span.source.position(span.start);
  return `${span.source.name}:${line}:${column}`;
}

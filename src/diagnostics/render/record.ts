import type { Diagnostic, Help, Severity } from "../diagnostic.js";
import type { Span } from "../source.js";

/** A place in a file, as machines read it. Lines and columns count from 1, offsets from 0, all in UTF-16 units. */
export interface PlaceRecord {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly end_line: number;
  readonly end_column: number;
  readonly offset: number;
  readonly end_offset: number;
}

export interface EditRecord extends PlaceRecord {
  readonly replacement: string;
}

/** A diagnostic as plain data: what `--format json` writes, and what the other machine formats are made of. */
export interface DiagnosticRecord {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** Null where there is no text to show: then `place` may name a file or a flag. */
  readonly at: (PlaceRecord & { readonly label: string }) | null;
  readonly place: string | null;
  readonly secondary: readonly (PlaceRecord & { readonly label: string })[];
  readonly notes: readonly string[];
  readonly helps: readonly { readonly text: string; readonly edits: readonly EditRecord[] }[];
}

export function diagnosticRecord(diagnostic: Diagnostic): DiagnosticRecord {
  const { at, code, severity, message, notes, secondary } = diagnostic;
  return {
    code,
    severity,
    message,
    at: at !== null && "span" in at ? { ...placeRecord(at.span), label: at.text } : null,
    place: at !== null && "place" in at ? at.place : null,
    secondary: secondary.map((label) => ({ ...placeRecord(label.span), label: label.text })),
    notes: [...notes],
    helps: diagnostic.helps.map(helpRecord),
  };
}

function helpRecord({ text, edits }: Help) {
  return {
    text,
    edits: (edits ?? []).map(({ span, replacement }) => ({ ...placeRecord(span), replacement })),
  };
}

function placeRecord(span: Span): PlaceRecord {
  const from = span.source.position(span.start);
  const to = span.source.position(span.end);
  return {
    file: span.source.name,
    line: from.line,
    column: from.column,
    end_line: to.line,
    end_column: to.column,
    offset: span.start,
    end_offset: span.end,
  };
}

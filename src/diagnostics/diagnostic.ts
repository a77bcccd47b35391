import type { Span } from "./source.js";

export type Severity = "error" | "warning" | "note";

/** A place in a source with a few words that make sense alone. */
export interface Label {
  readonly span: Span;
  readonly text: string;
}

/** One change of the source text that a help offers. */
export interface Edit {
  readonly span: Span;
  readonly replacement: string;
}

/** What to do now. With `edits` it can be applied by machine (`lerac check --fix`). */
export interface Help {
  readonly text: string;
  readonly edits?: readonly Edit[];
}

/**
 * One thing to say to the user about what they gave us. Plain data; `render/` turns it into text, JSON and so on.
 * The code is stable for ever; families: L00 files and limits, L01 syntax, L02 names, units, shapes, L03 data,
 * L04 curriculum and levels, L05 train, L06 claims, L07 programs and runs, L08 lints, L09 machine and command line.
 */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  /** Readable alone: it is what lists in CI show. */
  readonly message: string;
  /** Where: a span of a source, or the name of a file or flag when there is no text to show. */
  readonly at: Label | { readonly place: string } | null;
  readonly secondary: readonly Label[];
  /** Why. At most three are shown. */
  readonly notes: readonly string[];
  /** What now. At most two are shown. */
  readonly helps: readonly Help[];
}

export interface DiagnosticParts {
  readonly at?: Label | { readonly place: string } | null;
  readonly secondary?: readonly Label[];
  readonly notes?: readonly string[];
  readonly helps?: readonly (Help | string)[];
}

function diagnostic(severity: Severity, code: string, message: string, parts: DiagnosticParts): Diagnostic {
  return {
    code,
    severity,
    message,
    at: parts.at ?? null,
    secondary: parts.secondary ?? [],
    notes: parts.notes ?? [],
    helps: (parts.helps ?? []).map((help) => (typeof help === "string" ? { text: help } : help)),
  };
}

export function error(code: string, message: string, parts: DiagnosticParts = {}): Diagnostic {
  return diagnostic("error", code, message, parts);
}

export function warning(code: string, message: string, parts: DiagnosticParts = {}): Diagnostic {
  return diagnostic("warning", code, message, parts);
}

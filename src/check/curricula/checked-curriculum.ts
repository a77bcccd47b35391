import type { Span } from "../../diagnostics/index.js";
import type { CurriculumEntry, Hold } from "../../plan/index.js";
import type { PathExpression } from "../../syntax/index.js";

/** A curriculum by itself: its settings read, its addresses not yet held against a model. */
export interface CheckedCurriculum {
  readonly name: string;
  readonly kind: CurriculumEntry;
  /** Of its name, for messages. */
  readonly span: Span;
  /** By setting of the kind; addresses of layers are selectors still. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Where settings were written; a default has no place. */
  readonly spans: Readonly<Record<string, Span>>;
  /** Null: one level a labelled top-level layer. */
  readonly levels: { readonly items: readonly Selector[]; readonly span: Span } | null;
  readonly holds: readonly CheckedHold[];
}

/** Addresses as written: one path, or several in a parenthesis, which are one level. */
export interface Selector {
  readonly paths: readonly PathExpression[];
  /** Several in a parenthesis. */
  readonly isGroup: boolean;
  readonly span: Span;
}

/** `freeze` or `hold`, as written. */
export interface CheckedHold extends Hold {
  readonly selectors: readonly Selector[];
  readonly span: Span;
  readonly untilSpan: Span | null;
}

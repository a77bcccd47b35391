import type { Diagnostic, SourceFile, Span } from "../diagnostics/index.js";

/** Collects what a check finds. One message a cause: the same words at the same place are said once. */
export class Reporter {
  readonly #found = new Map<string, Diagnostic>();
  readonly #files: SourceFile[] = [];
  /** Where nothing more is said. */
  readonly #silent: Span[] = [];

  /** A file that is checked; what is found comes file by file, in the order in which they were added. */
  addFile(source: SourceFile): void {
    this.#files.push(source);
  }

  /** Mistakes of syntax; nothing more is said of the sections that they lie in. */
  reportSyntax(
    diagnostics: readonly Diagnostic[],
    broken: ReadonlySet<{ readonly span: Span }> | null,
  ): void {
    for (const diagnostic of diagnostics) this.report(diagnostic);
    for (const { span } of broken ?? []) this.#silent.push(span);
  }

  report(diagnostic: Diagnostic): void {
    const at = diagnostic.at;
    const place = at === null ? "" : "span" in at ? `${at.span.source.name}:${at.span.start}` : at.place;
    if (at !== null && "span" in at && this.#silent.some((span) => contains(span, at.span))) return;
    const key = `${diagnostic.code} ${place} ${diagnostic.message}`;
    if (!this.#found.has(key)) this.#found.set(key, diagnostic);
  }

  get hasErrors(): boolean {
    return [...this.#found.values()].some((diagnostic) => diagnostic.severity === "error");
  }

  /** In source order; those without a place first. */
  get diagnostics(): readonly Diagnostic[] {
    const place = (d: Diagnostic): readonly [number, number] =>
      d.at !== null && "span" in d.at ? [this.#files.indexOf(d.at.span.source), d.at.span.start] : [-1, -1];
    return [...this.#found.values()].sort((a, b) => {
      const [fileA, offsetA] = place(a);
      const [fileB, offsetB] = place(b);
      return fileA - fileB || offsetA - offsetB;
    });
  }
}

function contains(outer: Span, inner: Span): boolean {
  return outer.source === inner.source && outer.start <= inner.start && inner.start <= outer.end;
}

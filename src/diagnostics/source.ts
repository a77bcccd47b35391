/** The text of one file, with its lines found once. Offsets count UTF-16 code units from 0. */
export class SourceFile {
  readonly #lineStarts: number[];

  constructor(
    /** The name as the user typed it (or `<stdin>`), with `/`; this is what messages show. */
    readonly name: string,
    readonly text: string,
  ) {
    this.#lineStarts = [0];
    for (let i = text.indexOf("\n"); i !== -1; i = text.indexOf("\n", i + 1)) this.#lineStarts.push(i + 1);
  }

  get lineCount(): number {
    return this.#lineStarts.length;
  }

  /** The same file with another text. */
  withText(text: string): SourceFile {
    return new SourceFile(this.name, text);
  }

  /** 1-based line and column of an offset. */
  position(offset: number): { line: number; column: number } {
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#lineStarts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#lineStarts[low] as number) + 1 };
  }

  /** Offset of the first character of a 1-based line. */
  lineStart(line: number): number {
    return this.#lineStarts[line - 1] ?? this.text.length;
  }

  /** The text of a 1-based line, without its line end. */
  lineText(line: number): string {
    const end = line < this.lineCount ? this.lineStart(line + 1) - 1 : this.text.length;
    return this.text.slice(this.lineStart(line), end).replace(/\r$/, "");
  }
}

/** A half-open range of one file. */
export interface Span {
  readonly source: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** The text a span covers. */
export function spanText(span: Span): string {
  return span.source.text.slice(span.start, span.end);
}

/** The smallest span over both; both lie in one file. */
export function joinSpans(a: Span, b: Span): Span {
  return { source: a.source, start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}

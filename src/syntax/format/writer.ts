/** Widest line that the formatter writes where it can break one. */
export const maximumWidth = 120;
/** Where comments behind code begin, from 0, unless the code reaches further: then two spaces behind it. */
const commentColumn = 37;

interface Line {
  readonly text: string;
  /** Behind the text. */
  readonly comment: string | null;
  /** Comments of neighbouring lines of one run share a column. */
  readonly run: object | null;
}

/** Collects lines; the columns of comments are found at the end, when all that stands before them is known. */
export class Writer {
  private readonly lines: Line[] = [];
  private text = "";
  private comment: string | null = null;
  private run: object | null = null;
  private open = false;

  /** Characters on the current line. */
  get column(): number {
    return this.text.length;
  }

  /** Begins a line. */
  line(indent: number, run: object): void {
    this.flush();
    this.text = " ".repeat(indent);
    this.run = run;
    this.open = true;
  }

  add(text: string): void {
    this.text += text;
  }

  pad(column: number): void {
    this.text = this.text.padEnd(column);
  }

  /** The comment behind the current line. */
  remark(comment: string): void {
    this.comment = comment;
  }

  /** A whole line that takes part in no alignment: a comment, or text as it was written. */
  verbatim(text: string): void {
    this.flush();
    this.lines.push({ text, comment: null, run: null });
  }

  blank(): void {
    this.verbatim("");
  }

  toString(): string {
    this.flush();
    const out: string[] = [];
    for (let i = 0; i < this.lines.length; ) {
      const end = this.runEnd(i);
      const run = this.lines.slice(i, end);
      const column = Math.max(commentColumn, ...run.map((line) => line.text.length + 2));
      for (const line of run)
        out.push(line.comment === null ? line.text : line.text.padEnd(column) + line.comment);
      i = end;
    }
    return out.length === 0 ? "" : `${out.join("\n")}\n`;
  }

  /** Behind the last of the lines that share a column of comments with line `start`. */
  private runEnd(start: number): number {
    const first = this.lines[start];
    let end = start + 1;
    if (first === undefined || first.comment === null) return end;
    for (; end < this.lines.length; end++) {
      const line = this.lines[end];
      if (line === undefined || line.comment === null || line.run !== first.run) break;
    }
    return end;
  }

  private flush(): void {
    if (!this.open) return;
    this.lines.push({ text: this.text.trimEnd(), comment: this.comment, run: this.run });
    this.open = false;
    this.comment = null;
    this.text = "";
  }
}

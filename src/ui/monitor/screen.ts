import { writeSync } from "node:fs";

const enterAlternate = "\u001b[?1049h\u001b[?25l";
const clear = "\u001b[2J\u001b[H";
// Cleared first: tmux leaves on the normal screen what lies outside of its size from before a resize.
const leaveAlternate = `${clear}\u001b[?25h\u001b[?1049l`;

/**
 * The alternate screen of a terminal, drawn as whole pictures of which only the changed rows are written, each at its
 * absolute place. Ink's own writer moves relative to the cursor, draws at every resize event at once and cannot be told
 * that the screen was spoilt, and it starts from the colour support of another stream.
 */
export class Screen {
  columns: number;
  rows: number;
  readonly #target: NodeJS.WriteStream;
  #shown: string[] = [];
  #open = false;

  constructor(target: NodeJS.WriteStream) {
    this.#target = target;
    this.columns = target.columns || 80;
    this.rows = target.rows || 24;
  }

  /** The terminal takes no more at the moment: a picture is better dropped than queued. */
  get busy(): boolean {
    return this.#target.writableNeedDrain;
  }

  /** Enters the alternate screen and hides the cursor. */
  enter(): void {
    this.#open = true;
    this.#target.write(enterAlternate + clear);
  }

  /** Back to the normal screen, with a cursor. More than once is the same as once. */
  leave(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#target.write(leaveAlternate);
  }

  /** The same in a process that is about to end, where only what is written at once arrives. */
  leaveNow(): void {
    if (!this.#open) return;
    this.#open = false;
    try {
      if ("fd" in this.#target && typeof this.#target.fd === "number")
        writeSync(this.#target.fd, leaveAlternate);
    } catch {
      // The terminal is gone; nobody is left to see it.
    }
  }

  /** Takes the terminal's present size and forgets what it shows: the next picture is written whole. */
  reset(): void {
    this.columns = this.#target.columns || 80;
    this.rows = this.#target.rows || 24;
    this.#shown = [];
    if (this.#open) this.#target.write(clear);
  }

  /** Shows a picture: a string for each row. */
  show(rows: readonly string[]): void {
    if (!this.#open) return;
    let changes = "";
    const height = Math.max(rows.length, this.#shown.length);
    for (let row = 0; row < height; row++) {
      const text = rows[row] ?? "";
      if (text !== (this.#shown[row] ?? "")) changes += `\u001b[${row + 1};1H${text}\u001b[0m\u001b[K`;
    }
    this.#shown = [...rows];
    if (changes !== "") this.#target.write(changes);
  }
}

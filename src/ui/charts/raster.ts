/** A grid of dots that becomes rows of text: two by four dots a character in braille, one in ASCII. */
export class Raster {
  readonly columns: number;
  readonly rows: number;
  readonly dotColumns: number;
  readonly dotRows: number;
  readonly #cells: Uint8Array;
  readonly #ascii: boolean;
  readonly #dot: string;

  /** Size in characters; `dot` is what a dot is in ASCII. */
  constructor(columns: number, rows: number, ascii: boolean, dot = ".") {
    this.#dot = dot;
    this.columns = columns;
    this.rows = rows;
    this.#ascii = ascii;
    this.dotColumns = ascii ? columns : columns * 2;
    this.dotRows = ascii ? rows : rows * 4;
    this.#cells = new Uint8Array(columns * rows);
  }

  /** Sets the dots of a column from one row to another, both included; dots outside of the grid are left out. */
  vertical(column: number, from: number, to: number): void {
    if (column < 0 || column >= this.dotColumns) return;
    const first = Math.max(0, Math.min(from, to));
    const last = Math.min(this.dotRows - 1, Math.max(from, to));
    for (let row = first; row <= last; row++) this.#set(column, row);
  }

  /** The character of a cell; null where it is empty. */
  character(column: number, row: number): string | null {
    const dots = this.#cells[row * this.columns + column] ?? 0;
    if (dots === 0) return null;
    return this.#ascii ? this.#dot : String.fromCharCode(0x2800 + dots);
  }

  #set(column: number, row: number): void {
    if (this.#ascii) {
      this.#cells[row * this.columns + column] = 1;
      return;
    }
    const cell = (row >> 2) * this.columns + (column >> 1);
    this.#cells[cell] = (this.#cells[cell] ?? 0) | brailleDot(column & 1, row & 3);
  }
}

/** Bit of a dot in a braille pattern (Unicode block U+2800): dots 1 2 3 7 on the left, 4 5 6 8 on the right. */
function brailleDot(column: number, row: number): number {
  const left = [0x01, 0x02, 0x04, 0x40];
  const right = [0x08, 0x10, 0x20, 0x80];
  return (column === 0 ? left : right)[row] ?? 0;
}

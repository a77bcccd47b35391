import type { IToken } from "chevrotain";
import { opensSection } from "../../../grammar/layout.js";
import { LeftBrace, NewLine, RightBrace } from "../../../grammar/tokens.js";
import { blankAbove, endOf, isRemark, type Piece, type Remark, startOf } from "./pieces.js";

/**
 * The file as braces and line ends divide it. It needs no grammar, so that it exists for broken files too: what a
 * statement is about, and whether it can be read at all, is decided later.
 */
export interface Statement {
  /** Own-line comments above it. */
  readonly leading: readonly Remark[];
  /** What it consists of, at least one; comments among them stand inside brackets or between stages of a pipeline. */
  readonly parts: readonly Part[];
  /** The comment behind its last token. */
  readonly trailing: Remark | null;
  /** An empty line between it and what is above, its own comments included. */
  readonly blankBefore: boolean;
  /** Offsets of its text, comments in the middle included. */
  readonly start: number;
  readonly end: number;
  /** Its braces don't match: nothing is known of its inside. */
  readonly torn: boolean;
}

export type Part = Piece | Braces;

/** `{ … }`. */
export interface Braces {
  readonly open: IToken;
  /** The comment on the line of the `{`. */
  readonly afterOpen: Remark | null;
  readonly statements: readonly Statement[];
  /** Own-line comments above the `}`. */
  readonly closing: readonly Remark[];
  readonly close: IToken;
}

export function isBraces(part: Part): part is Braces {
  return "statements" in part;
}

export interface FileTree {
  readonly items: readonly Statement[];
  /** Comments below the last item. */
  readonly closing: readonly Remark[];
}

/** The tree of a file. Top-level statements whose braces don't match are `torn` and hold their pieces as they are. */
export function treeOf(pieces: readonly Piece[], text: string): FileTree {
  const items: Statement[] = [];
  let leading: Remark[] = [];
  for (const chunk of chunks(pieces, text)) {
    const reader = new TreeReader(chunk, text);
    const first = chunk.findIndex((piece) => !isRemark(piece));
    leading.push(...(chunk.slice(0, Math.max(0, first)) as Remark[]));
    if (first === -1) {
      leading.push(...(chunk as Remark[]));
      continue;
    }
    const item = reader.item(first, leading);
    items.push(item.statement);
    leading = item.rest;
  }
  return { items, closing: leading };
}

/** The pieces of each top-level statement, with the comments around it. */
function chunks(pieces: readonly Piece[], text: string): Piece[][] {
  const found: Piece[][] = [];
  let current: Piece[] = [];
  let depth = 0;
  let ended = true;
  for (const piece of pieces) {
    if (!isRemark(piece)) {
      const section = opensSection(piece, text);
      if ((ended && depth === 0) || section) {
        current = [];
        found.push(current);
        if (section) depth = 0;
      }
      ended = piece.tokenType === NewLine;
      if (piece.tokenType === LeftBrace) depth++;
      else if (piece.tokenType === RightBrace) depth = Math.max(0, depth - 1);
    } else if (found.length === 0) found.push(current);
    current.push(piece);
  }
  return found;
}

class TreeReader {
  private position = 0;

  constructor(
    private readonly pieces: readonly Piece[],
    private readonly text: string,
  ) {}

  /** The one statement of a chunk, and the comments behind it, which belong to what follows. */
  item(from: number, leading: readonly Remark[]): { statement: Statement; rest: Remark[] } {
    this.position = from;
    const read = this.statement(leading);
    const rest: Remark[] = [];
    while (this.position < this.pieces.length) {
      const piece = this.pieces[this.position] as Piece;
      if (isRemark(piece)) rest.push(piece);
      else if (piece.tokenType !== NewLine) return this.torn(from, leading);
      this.position++;
    }
    return read === null ? this.torn(from, leading) : { statement: read, rest };
  }

  private torn(from: number, leading: readonly Remark[]): { statement: Statement; rest: Remark[] } {
    let last = this.pieces.length - 1;
    const isCode = (piece: Piece) => !isRemark(piece) && piece.tokenType !== NewLine;
    while (last > from && !isCode(this.pieces[last] as Piece)) last--;
    const parts = this.pieces.slice(from, last + 1);
    const behind = this.pieces.slice(last + 1).filter(isRemark);
    const [first] = behind;
    const trailing = first !== undefined && !first.ownLine ? first : null;
    const statement = this.made(leading, parts, trailing, true);
    return { statement, rest: trailing === null ? behind : behind.slice(1) };
  }

  /** From the current piece to its line's end; null where braces don't match. */
  private statement(leading: readonly Remark[]): Statement | null {
    const parts: Part[] = [];
    for (;;) {
      const piece = this.pieces[this.position];
      const ends =
        piece === undefined ||
        (!isRemark(piece) && (piece.tokenType === NewLine || piece.tokenType === RightBrace));
      if (ends) {
        if (parts.length === 0) return null;
        return this.made(leading, parts, null, false);
      }
      if (isRemark(piece)) {
        const behind = this.pieces[this.position + 1];
        const last =
          behind === undefined ||
          isRemark(behind) ||
          behind.tokenType === NewLine ||
          behind.tokenType === RightBrace;
        if (last && !this.continues(this.position + 1)) {
          if (piece.ownLine) return this.made(leading, parts, null, false);
          this.position++;
          return this.made(leading, parts, piece, false);
        }
        parts.push(piece);
        this.position++;
      } else if (piece.tokenType === LeftBrace) {
        const braces = this.braces(piece);
        if (braces === null) return null;
        parts.push(braces);
      } else {
        parts.push(piece);
        this.position++;
      }
    }
  }

  /** Whether, after the comments from here, the statement goes on: the comments stand in its middle. */
  private continues(from: number): boolean {
    for (let i = from; i < this.pieces.length; i++) {
      const piece = this.pieces[i] as Piece;
      if (isRemark(piece)) continue;
      return piece.tokenType !== NewLine && piece.tokenType !== RightBrace;
    }
    return false;
  }

  private braces(open: IToken): Braces | null {
    this.position++;
    const statements: Statement[] = [];
    let afterOpen: Remark | null = null;
    let comments: Remark[] = [];
    for (;;) {
      const piece = this.pieces[this.position];
      if (piece === undefined) return null;
      if (isRemark(piece)) {
        if (!piece.ownLine && statements.length === 0 && comments.length === 0) afterOpen = piece;
        else comments.push(piece);
        this.position++;
      } else if (piece.tokenType === NewLine) this.position++;
      else if (piece.tokenType === RightBrace) {
        this.position++;
        return { open, afterOpen, statements, closing: comments, close: piece };
      } else {
        const statement = this.statement(comments);
        if (statement === null) return null;
        statements.push(statement);
        comments = [];
      }
    }
  }

  private made(
    leading: readonly Remark[],
    parts: readonly Part[],
    trailing: Remark | null,
    torn: boolean,
  ): Statement {
    const first = parts[0] as Part;
    const last = parts[parts.length - 1] as Part;
    const start = isBraces(first) ? first.open.startOffset : startOf(first);
    const end = isBraces(last) ? last.close.startOffset + 1 : endOf(last);
    return { leading, parts, trailing, blankBefore: blankAbove(this.text, start), start, end, torn };
  }
}

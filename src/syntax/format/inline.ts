import { type IToken, tokenMatcher } from "chevrotain";
import * as t from "../../../grammar/tokens.js";
import { isRemark } from "./pieces.js";
import { Spacing } from "./spacing.js";
import { type Braces, isBraces, type Part } from "./tree.js";

/** What stands on a line, with what could be broken over several. */
export type Inline = Word | Bracket | Nested;

export interface Word {
  readonly kind: "word";
  readonly text: string;
  /** Spaces before it. */
  space: number;
}

export interface Bracket {
  readonly kind: "bracket";
  readonly space: number;
  readonly open: "(" | "[";
  /** Behind a name: the arguments of a call, or parameters. */
  readonly call: boolean;
  readonly items: readonly Sequence[];
  /** The comment on the line of the opening bracket. */
  readonly afterOpen: string | null;
  /** Own-line comments above the closing bracket. */
  readonly closing: readonly string[];
  /** Characters on one line, without the space before it; infinite with a comment inside. */
  readonly width: number;
}

/** A body in braces; `flat` is its text on one line, null where it takes several. */
export interface Nested {
  readonly kind: "nested";
  readonly braces: Braces;
  readonly flat: string | null;
}

/** An item between brackets, or a stage of a pipeline: code with its comments. */
export interface Sequence {
  readonly leading: readonly string[];
  readonly nodes: readonly Inline[];
  readonly trailing: string | null;
  /** Characters on one line, the space before the first left out; infinite with a comment or a long body. */
  readonly width: number;
}

/**
 * The stages of what a statement says: one, or more where `|>` joins them. The parts are those of a statement that
 * parses, or of its rest behind a label or name.
 */
export function stagesOf(parts: readonly Part[], flatBody: (braces: Braces) => string | null): Sequence[] {
  return new InlineReader(parts, flatBody).stages();
}

/** A sequence while its parts come in. */
class Draft {
  readonly leading: string[] = [];
  readonly nodes: Inline[] = [];
  trailing: string | null = null;

  /** A comment inside; of several behind its lines, all but the last go above it. */
  comment(text: string, ownLine: boolean): void {
    if (ownLine || this.nodes.length === 0) {
      this.leading.push(text);
      return;
    }
    if (this.trailing !== null) this.leading.push(this.trailing);
    this.trailing = text;
  }

  done(): Sequence {
    const commented = this.leading.length > 0 || this.trailing !== null;
    return { ...this, width: commented ? Number.POSITIVE_INFINITY : widthOf(this.nodes) };
  }
}

class InlineReader {
  private position = 0;
  private readonly spacing = new Spacing();
  private last: IToken | null = null;

  constructor(
    private readonly parts: readonly Part[],
    private readonly flatBody: (braces: Braces) => string | null,
  ) {}

  stages(): Sequence[] {
    const stages: Sequence[] = [];
    let stage = new Draft();
    // Comments on lines of their own before a `|>` belong to the stage below.
    let above: string[] = [];
    for (;;) {
      const part = this.parts[this.position];
      if (part === undefined) {
        stages.push(stage.done());
        return stages;
      }
      if (isRemark(part)) {
        this.position++;
        if (part.ownLine) above.push(part.comment);
        else stage.comment(part.comment, false);
      } else if (!isBraces(part) && part.tokenType === t.Pipe) {
        stages.push(stage.done());
        stage = new Draft();
        stage.leading.push(...above);
        above = [];
        stage.nodes.push(this.word());
      } else this.node(stage);
    }
  }

  private word(): Word {
    const token = this.parts[this.position++] as IToken;
    const space = this.spacing.next(token, this.following()) ? 1 : 0;
    this.last = token;
    return { kind: "word", text: token.image, space };
  }

  /** The next tokens; only those of one expression matter. */
  private following(): (IToken | undefined)[] {
    return [0, 1].map((i) => {
      const part = this.parts[this.position + i];
      return part === undefined || isBraces(part) || isRemark(part) ? undefined : part;
    });
  }

  private node(into: Draft): void {
    const part = this.parts[this.position] as Exclude<Part, { comment: string }>;
    if (isBraces(part)) {
      this.position++;
      into.nodes.push({ kind: "nested", braces: part, flat: this.flatBody(part) });
    } else if (part.tokenType === t.LeftParenthesis || part.tokenType === t.LeftBracket) {
      if (!this.dropEmptyArguments()) into.nodes.push(this.bracket());
    } else into.nodes.push(this.word());
  }

  /** `name()` is `name`, except where what it gives is called again. */
  private dropEmptyArguments(): boolean {
    const [open, close, behind] = this.parts.slice(this.position, this.position + 3);
    const isType = (part: Part | undefined, type: unknown) =>
      part !== undefined && !isBraces(part) && !isRemark(part) && part.tokenType === type;
    const empty = isType(open, t.LeftParenthesis) && isType(close, t.RightParenthesis);
    if (!empty || this.last === null || !tokenMatcher(this.last, t.Name)) return false;
    if (isType(behind, t.LeftParenthesis)) return false;
    this.position += 2;
    return true;
  }

  private bracket(): Bracket {
    const call = this.last !== null && tokenMatcher(this.last, t.Name);
    const open = this.word();
    const items: Sequence[] = [];
    let afterOpen: string | null = null;
    let item = new Draft();
    for (;;) {
      const part = this.parts[this.position] as Part;
      if (isRemark(part)) {
        this.position++;
        const started = item.leading.length > 0 || item.nodes.length > 0;
        if (part.ownLine || started) item.comment(part.comment, part.ownLine);
        else if (items.length === 0) afterOpen = part.comment;
        else items.push(behindComma(items.pop() as Sequence, part.comment));
      } else if (!isBraces(part) && part.tokenType === t.Comma) {
        this.word();
        items.push(item.done());
        item = new Draft();
      } else if (!isBraces(part) && isClosing(part)) {
        this.word();
        break;
      } else this.node(item);
    }
    const closing = item.nodes.length === 0 ? item.leading : [];
    if (item.nodes.length > 0) items.push(item.done());
    const commented = afterOpen !== null || closing.length > 0;
    const inner = items.reduce((sum, one) => sum + one.width + 2, 0);
    const width = commented ? Number.POSITIVE_INFINITY : Math.max(0, inner - 2) + 2;
    return {
      kind: "bracket",
      space: open.space,
      open: open.text as "(" | "[",
      call,
      items,
      afterOpen,
      closing,
      width,
    };
  }
}

function isClosing(token: IToken): boolean {
  return token.tokenType === t.RightParenthesis || token.tokenType === t.RightBracket;
}

/** The item before a comma with the comment that stands behind the comma. */
function behindComma(item: Sequence, comment: string): Sequence {
  const leading = item.trailing === null ? item.leading : [...item.leading, item.trailing];
  return { ...item, leading, trailing: comment, width: Number.POSITIVE_INFINITY };
}

/** Characters of nodes on one line, the space before the first left out. */
export function widthOf(nodes: readonly Inline[]): number {
  return nodes.reduce((sum, node, i) => sum + nodeWidth(node) + (i === 0 ? 0 : spaceOf(node)), 0);
}

export function nodeWidth(node: Inline): number {
  if (node.kind === "word") return node.text.length;
  if (node.kind === "bracket") return node.width;
  return node.flat?.length ?? Number.POSITIVE_INFINITY;
}

export function spaceOf(node: Inline): number {
  return node.kind === "nested" ? 1 : node.space;
}

/** Nodes on one line; all widths must be finite. */
export function flatText(nodes: readonly Inline[]): string {
  return nodes.map((node, i) => (i === 0 ? "" : " ".repeat(spaceOf(node))) + flatNode(node)).join("");
}

export function flatNode(node: Inline): string {
  if (node.kind === "word") return node.text;
  if (node.kind === "nested") return node.flat ?? "";
  const items = node.items.map((item) => flatText(item.nodes)).join(", ");
  return `${node.open}${items}${closeOf(node)}`;
}

export function closeOf(bracket: Bracket): string {
  return bracket.open === "(" ? ")" : "]";
}

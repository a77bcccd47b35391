import { alignArrows } from "./arrows.js";
import { columnsOf, spansLines } from "./columns.js";
import type { Inline, Sequence } from "./inline.js";
import { blankAboveAll, type Prepared, type PreparedBody } from "./prepare.js";
import type { FileTree } from "./tree.js";
import { writeNodes, writeStages } from "./wrap.js";
import { Writer } from "./writer.js";

/** Writes a prepared file. `text` is its source: what doesn't parse is copied from it. */
export function print(items: readonly Prepared[], tree: FileTree, text: string): string {
  const printer = new Printer(text);
  let previous: Prepared | null = null;
  for (const item of items) {
    const asWritten = item.raw || previous === null || previous.raw;
    const apart = !asWritten && (isSection(item) || (previous !== null && isSection(previous)));
    if (previous !== null && (apart || blankAboveAll(item))) printer.writer.blank();
    printer.statement(item, 0, 0, printer.run);
    previous = item;
  }
  tree.closing.forEach((comment, i) => {
    if (comment.blankBefore && (i > 0 || previous !== null)) printer.writer.blank();
    printer.writer.verbatim(comment.comment);
  });
  return printer.writer.toString();
}

/** The version and all sections with braces have an empty line around them. */
function isSection(item: Prepared): boolean {
  return item.bodies.length > 0 || item.flat?.startsWith("lerac ") === true;
}

class Printer {
  readonly writer = new Writer();
  /** Of the top level. */
  readonly run = {};

  constructor(private readonly text: string) {}

  /** Writes a statement with its comments: its line begins at `indent`, its code at `column`. */
  statement(prepared: Prepared, indent: number, column: number, run: object): void {
    const { statement, head } = prepared;
    const at = head === "" ? column : indent;
    statement.leading.forEach((comment, i) => {
      if (i > 0 && comment.blankBefore) this.writer.blank();
      this.writer.verbatim(" ".repeat(at) + comment.comment);
    });
    if (statement.leading.length > 0 && statement.blankBefore) this.writer.blank();
    if (prepared.raw) {
      this.raw(prepared, at);
      return;
    }
    this.writer.line(at, run);
    this.writer.add(head);
    if (head !== "" && prepared.stages.some((stage) => stage.nodes.length > 0)) this.writer.pad(column);
    const width = prepared.flat?.length ?? Number.POSITIVE_INFINITY;
    const long = prepared.bodies.length > 0 && (spansLines(prepared, at) || column + width > 120);
    if (long) this.withBodies(prepared, at, column, run);
    else writeStages(this.writer, prepared.stages, column, 0, run);
    if (statement.trailing !== null) this.writer.remark(statement.trailing.comment);
  }

  /** A statement with bodies that take lines of their own: only single stages have any. */
  private withBodies(prepared: Prepared, indent: number, column: number, run: object): void {
    const nodes = (prepared.stages as readonly Sequence[])[0]?.nodes ?? [];
    let code: Inline[] = [];
    let next = 0;
    for (const node of nodes) {
      if (node.kind !== "nested") {
        code.push(node);
        continue;
      }
      this.code(code, next > 0, column, run);
      code = [];
      this.body(prepared.bodies[next] as PreparedBody, indent, run);
      next++;
    }
    this.code(code, true, column, run);
  }

  private code(nodes: readonly Inline[], behindBody: boolean, column: number, run: object): void {
    if (nodes.length === 0) return;
    if (behindBody) this.writer.add(" ");
    writeNodes(this.writer, nodes, column, 2, run);
  }

  private body({ braces, statements }: PreparedBody, indent: number, run: object): void {
    const inner = indent + 2;
    this.writer.add(" {");
    const empty = statements.length === 0 && braces.closing.length === 0;
    if (braces.afterOpen !== null) this.writer.remark(braces.afterOpen.comment);
    else if (empty) {
      this.writer.add("}");
      return;
    }
    const innerRun = {};
    const columns = columnsOf(statements, inner);
    const aligned = alignArrows(statements, columns);
    aligned.forEach((statement, i) => {
      if (i > 0 && blankAboveAll(statement)) this.writer.blank();
      this.statement(statement, inner, columns[i] ?? inner, innerRun);
    });
    braces.closing.forEach((comment, i) => {
      if (comment.blankBefore && (i > 0 || statements.length > 0)) this.writer.blank();
      this.writer.verbatim(" ".repeat(inner) + comment.comment);
    });
    this.writer.line(indent, run);
    this.writer.add("}");
  }

  /** Copies what does not parse, from its line's beginning where nothing else stands there. */
  private raw({ statement }: Prepared, indent: number): void {
    const { start, end, trailing } = statement;
    const lineStart = this.text.lastIndexOf("\n", start - 1) + 1;
    const before = this.text.slice(lineStart, start);
    const written = this.text.slice(start, trailing?.end ?? end);
    this.writer.verbatim((before.trim() === "" ? before : " ".repeat(indent)) + written);
  }
}

import {
  type Bracket,
  closeOf,
  flatNode,
  flatText,
  type Inline,
  nodeWidth,
  type Sequence,
  spaceOf,
  widthOf,
} from "./inline.js";
import { maximumWidth, type Writer } from "./writer.js";

/** Items longer than this stand on lines of their own in a broken list. */
const shortItem = 24;

/**
 * Writes nodes from the current column on. Where they don't fit, or hold comments, brackets are broken: their items
 * two columns right of `base`, one a line (short items of a list as many as fit), their closing bracket at `base`.
 * `tail` characters will follow on the last line.
 */
export function writeNodes(
  writer: Writer,
  nodes: readonly Inline[],
  base: number,
  tail: number,
  run: object,
): void {
  if (fits(writer, widthOf(nodes), tail)) {
    writer.add(flatText(nodes));
    return;
  }
  const broken = bracketsToBreak(writer.column, nodes);
  nodes.forEach((node, i) => {
    if (i > 0) writer.add(" ".repeat(spaceOf(node)));
    if (node.kind === "bracket" && broken.has(node)) writeBroken(writer, node, base, run);
    else writer.add(flatNode(node));
  });
}

/** The stages of a pipeline: on one line, or each `|>` on a line of its own at `base`. */
export function writeStages(
  writer: Writer,
  stages: readonly Sequence[],
  base: number,
  tail: number,
  run: object,
): void {
  const width = stages.reduce((sum, stage) => sum + stage.width + 1, -1);
  const flat = stages.length === 1 || fits(writer, width, tail);
  stages.forEach((stage, i) => {
    if (i > 0) {
      if (flat) writer.add(" ");
      else {
        for (const comment of stage.leading) writer.verbatim(" ".repeat(base) + comment);
        writer.line(base, run);
      }
    }
    const last = i === stages.length - 1;
    writeNodes(writer, stage.nodes, i === 0 ? base : base + 3, last ? tail : 0, run);
    if (stage.trailing !== null) writer.remark(stage.trailing);
  });
}

function fits(writer: Writer, width: number, tail: number): boolean {
  return writer.column + width + tail <= maximumWidth;
}

/** Those with comments; without any, the last that helps, or where the line is too long before it, all. */
function bracketsToBreak(column: number, nodes: readonly Inline[]): Set<Bracket> {
  const brackets = nodes.filter((node) => node.kind === "bracket");
  const commented = brackets.filter((bracket) => bracket.width === Number.POSITIVE_INFINITY);
  if (commented.length > 0) return new Set(commented);
  const helpful = brackets.filter(helps);
  const last = helpful[helpful.length - 1];
  if (last === undefined) return new Set();
  const before = widthOf(nodes.slice(0, nodes.indexOf(last))) + 2;
  if (column + before <= maximumWidth) return new Set([last]);
  // Groups of levels are left whole: broken ones side by side are harder to read than a long line.
  return new Set(helpful.filter((bracket) => bracket.call || bracket.open === "["));
}

/** A single plain item gets no shorter on a line of its own. */
function helps(bracket: Bracket): boolean {
  const [only, ...others] = bracket.items;
  if (only === undefined) return false;
  return others.length > 0 || only.nodes.some((node) => node.kind === "bracket" && helps(node));
}

function writeBroken(writer: Writer, bracket: Bracket, base: number, outerRun: object): void {
  writer.add(bracket.open);
  const embraced = embracedBracket(writer.column, bracket);
  if (embraced !== null) {
    const { items } = bracket;
    for (const item of items.slice(0, -1)) writer.add(`${flatText(item.nodes)}, `);
    const last = items[items.length - 1] as Sequence;
    for (const [i, node] of last.nodes.slice(0, -1).entries())
      writer.add((i === 0 ? "" : " ".repeat(spaceOf(node))) + flatNode(node));
    if (last.nodes.length > 1) writer.add(" ".repeat(embraced.space));
    writeBroken(writer, embraced, base, outerRun);
  } else {
    if (bracket.afterOpen !== null) writer.remark(bracket.afterOpen);
    if (isTable(bracket)) writeFilled(writer, bracket, base + 2);
    else writeItems(writer, bracket, base + 2);
    for (const comment of bracket.closing) writer.verbatim(" ".repeat(base + 2) + comment);
    writer.line(base, outerRun);
  }
  writer.add(closeOf(bracket));
}

function writeItems(writer: Writer, bracket: Bracket, indent: number): void {
  const run = {};
  bracket.items.forEach((item, i) => {
    const last = i === bracket.items.length - 1;
    for (const comment of item.leading) writer.verbatim(" ".repeat(indent) + comment);
    writer.line(indent, run);
    writeNodes(writer, item.nodes, indent, last ? 0 : 1, run);
    if (!last) writer.add(",");
    if (item.trailing !== null) writer.remark(item.trailing);
  });
}

/** As many items a line as fit. */
function writeFilled(writer: Writer, bracket: Bracket, indent: number): void {
  writer.line(indent, {});
  bracket.items.forEach((item, i) => {
    const comma = i === bracket.items.length - 1 ? "" : ",";
    const text = flatText(item.nodes) + comma;
    if (i > 0) {
      if (writer.column + 1 + text.length > maximumWidth) writer.line(indent, {});
      else writer.add(" ");
    }
    writer.add(text);
  });
}

/** A list or group of short plain values. */
function isTable(bracket: Bracket): boolean {
  return (
    !bracket.call &&
    bracket.items.every(
      (item) => item.width <= shortItem && item.nodes.every((node) => node.kind !== "bracket"),
    )
  );
}

/**
 * A bracket whose last item ends with a list, or whose only item ends with a bracket, is broken only there:
 * `detect(classes, anchors: [` … `])`. Null where that is not so.
 */
function embracedBracket(column: number, bracket: Bracket): Bracket | null {
  const last = bracket.items[bracket.items.length - 1];
  const inner = last?.nodes[last.nodes.length - 1];
  if (last === undefined || inner?.kind !== "bracket") return null;
  const infinite = inner.width === Number.POSITIVE_INFINITY;
  if (!infinite && !helps(inner)) return null;
  if (inner.open !== "[" && bracket.items.length > 1) return null;
  const ownComments = bracket.afterOpen !== null || bracket.closing.length > 0;
  const itemComments = bracket.items.some((item) => item.leading.length > 0 || item.trailing !== null);
  if (ownComments || itemComments) return null;
  const others = bracket.items.slice(0, -1).reduce((sum, item) => sum + item.width + 2, 0);
  const prefix = last.nodes.slice(0, -1).reduce((sum, node) => sum + nodeWidth(node) + spaceOf(node), 0);
  return column + others + prefix + 2 <= maximumWidth ? inner : null;
}

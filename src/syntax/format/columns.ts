import { blankAnywhereAbove, flatStatement, type Prepared } from "./prepare.js";
import { maximumWidth } from "./writer.js";

/** Setting names beyond this length don't move the column of their section's values. */
const longName = 9;

/** Where the code of each statement of one body begins: behind its head, or where an unlabelled layer stands. */
export function columnsOf(statements: readonly Prepared[], indent: number): number[] {
  const columns: number[] = [];
  for (const group of groups(statements, indent)) columns.push(...groupColumns(group, indent));
  return columns;
}

/** Columns restart after an empty line (but not below `input`) and after what spans several lines. */
function groups(statements: readonly Prepared[], indent: number): Prepared[][] {
  const found: Prepared[][] = [];
  let previous: Prepared | null = null;
  for (const statement of statements) {
    const restarts =
      previous === null ||
      previous.raw ||
      statement.raw ||
      spansLines(previous, indent) ||
      (blankAnywhereAbove(statement) && previous.shape !== "input") ||
      (spansLines(statement, indent) && standsAlone(statement));
    if (restarts) found.push([]);
    found[found.length - 1]?.push(statement);
    previous = statement;
  }
  return found;
}

/** Whether a statement's bodies take lines of their own, wherever its column may be. */
export function spansLines(statement: Prepared, indent: number): boolean {
  if (statement.bodies.length === 0) return false;
  const flat = flatStatement(statement);
  return flat === null || indent + flat.length > maximumWidth;
}

/** A `repeat` is a layer among layers even where its body is long; a `residual` or `when` with lines is not. */
function standsAlone(statement: Prepared): boolean {
  return statement.structural || statement.shape === "plain";
}

function groupColumns(group: readonly Prepared[], indent: number): number[] {
  const widths = group.map((statement) => (statement.head === "" ? 0 : statement.head.length));
  const widest = Math.max(...widths);
  if (group.some((statement) => statement.shape === "name")) {
    const column = indent + Math.min(widest, longName) + 2;
    return widths.map((width) => Math.max(column, indent + width + 1));
  }
  const column = indent + widest + 1;
  let labelled = false;
  return group.map((statement) => {
    if (statement.shape === "label") labelled = true;
    if (statement.head !== "") return column;
    return labelled && statement.shape === "plain" && statement.kind === "statement" ? column : indent;
  });
}

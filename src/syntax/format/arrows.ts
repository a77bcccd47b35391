import type { Inline, Word } from "./inline.js";
import { flatText } from "./inline.js";
import { blankAnywhereAbove, type Prepared } from "./prepare.js";
import { maximumWidth } from "./writer.js";

/**
 * Neighbouring `map` lines are a table: their arrows stand in one column. So do those of any settings of one name
 * whose whole value is `a -> b`.
 */
export function alignArrows(
  statements: readonly Prepared[],
  columns: readonly number[],
): readonly Prepared[] {
  const aligned = [...statements];
  for (let i = 0; i < statements.length; ) {
    let end = i + 1;
    const first = statements[i] as Prepared;
    while (end < statements.length && continues(first, statements[end] as Prepared)) end++;
    if (end > i + 1) alignRun(aligned, columns, i, end);
    i = end;
  }
  return aligned;
}

function continues(first: Prepared, next: Prepared): boolean {
  const alike = next.head === first.head && !blankAnywhereAbove(next);
  return alike && arrowAt(first) !== -1 && arrowAt(next) !== -1;
}

/** Where the one arrow of a setting's value is; -1 where its value is something else. */
function arrowAt({ shape, flat, stages }: Prepared): number {
  const nodes = stages[0]?.nodes ?? [];
  if (shape !== "name" || flat === null || stages.length > 1) return -1;
  const is = (text: string) => (node: Inline) => node.kind === "word" && node.text === text;
  return nodes.some(is(",")) ? -1 : nodes.findIndex(is("->"));
}

function alignRun(aligned: Prepared[], columns: readonly number[], from: number, end: number): void {
  const left = aligned
    .slice(from, end)
    .map((one) => flatText((one.stages[0]?.nodes ?? []).slice(0, arrowAt(one))).length);
  const widest = Math.max(...left);
  for (let i = from; i < end; i++) {
    const one = aligned[i] as Prepared;
    const extra = widest - (left[i - from] as number);
    const stage = one.stages[0];
    const total = (columns[i] as number) + (one.flat?.length ?? 0) + extra;
    if (stage === undefined || extra === 0 || total > maximumWidth) continue;
    const at = arrowAt(one);
    const nodes = stage.nodes.map((node, k) =>
      k === at ? { ...(node as Word), space: (node as Word).space + extra } : node,
    );
    aligned[i] = { ...one, stages: [{ ...stage, nodes, width: stage.width + extra }] };
  }
}

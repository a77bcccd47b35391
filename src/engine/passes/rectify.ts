import type { Op, StepGraph } from "../graph/types.js";

/**
 * What comes back through a maximum over rectified values lands where the maximum was, and is let through where that is
 * above 0. So it can be let through by the maxima, before it is spread over the larger image: the same numbers, bit for
 * bit, from a quarter of the work where windows are 2 x 2.
 *
 *     d = MaxPoolGrad(dy, r, p); ReluGrad(d, r)   →   d = ReluGrad(dy, p); MaxPoolGrad(d, r, p)
 */
export function rectifyBeforeSpreading(graph: StepGraph): StepGraph {
  const uses = new Map<number, number>();
  const used = [
    ...graph.ops.flatMap(({ inputs }) => inputs),
    ...graph.outputs.map(({ value }) => value),
    ...graph.states.flatMap(({ next }) => next ?? []),
  ];
  for (const value of used) uses.set(value, (uses.get(value) ?? 0) + 1);
  const spreading = new Map(
    graph.ops.flatMap((op) => (op.kind === "lerac.MaxPoolGrad" ? [[op.outputs[0] ?? -1, op] as const] : [])),
  );
  const values = [...graph.values];
  const changed = new Map<Op, Op>();
  for (const relu of graph.ops) {
    if (relu.kind !== "lerac.ReluGrad") continue;
    const [d = -1, r = -1] = relu.inputs;
    const pool = spreading.get(d);
    const [dy = -1, x, p = -1] = pool?.inputs ?? [];
    const type = values[dy];
    if (pool === undefined || x !== r || uses.get(d) !== 1 || type === undefined) continue;
    // d keeps its number and becomes the smaller image.
    values[d] = type;
    changed.set(pool, { ...relu, inputs: [dy, p], outputs: [d] });
    changed.set(relu, { ...pool, inputs: [d, r, p], outputs: relu.outputs });
  }
  return { ...graph, values, ops: graph.ops.map((op) => changed.get(op) ?? op) };
}

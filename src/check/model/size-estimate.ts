import type { Body, RepeatLayer } from "../../syntax/index.js";
import { type Environment, Evaluator } from "../evaluate.js";
import { Reporter } from "../reporter.js";

/**
 * How many layers a `repeat` makes at least, without expanding it: nested counts multiply where they can be computed
 * from what is known before the loop. Enough to refuse a bomb before it goes off.
 */
export function leastLayers(
  layer: RepeatLayer,
  environment: Environment,
): { readonly layers: number; readonly text: string } {
  const factors: number[] = [];
  let inner: RepeatLayer | undefined = layer;
  let statements = 1;
  while (inner !== undefined) {
    const value: ReturnType<Evaluator["number"]> = new Evaluator(new Reporter(), environment).number(
      inner.count,
    );
    factors.push(value === null || value.unit !== null ? 1 : Math.max(0, value.value));
    const nested = onlyRepeat(inner.body);
    if (nested === undefined) statements = Math.max(1, inner.body.statements.length);
    inner = nested;
  }
  const layers = factors.reduce((product, factor) => product * factor, statements);
  const text = [
    ...factors.map((factor) => factor.toLocaleString("en")),
    `${statements} layer${statements === 1 ? "" : "s"}`,
  ];
  return { layers, text: text.join(" x ") };
}

function onlyRepeat(body: Body): RepeatLayer | undefined {
  for (const statement of body.statements) {
    if (statement.kind === "layer" && statement.layer.kind === "repeat") return statement.layer;
  }
  return undefined;
}

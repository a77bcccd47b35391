import { formatCount } from "../../base/format.js";
import type { RepeatLayer } from "../../syntax/index.js";
import { scope } from "../environment.js";
import type { Value } from "../values.js";
import { expandBody } from "./body.js";
import { type BodyState, join, newBody } from "./body-state.js";
import { isBombLayer } from "./bombs.js";
import { maximumRepeat, type Stream } from "./checked-model.js";
import type { Expansion } from "./expansion.js";

/** Loops of so few iterations are not estimated one by one. */
const shortLoop = 64;

/** `repeat N as i { … }`: each iteration takes what the one before it gave; none leaves the input as it is. */
export function expandRepeat(
  expansion: Expansion,
  layer: RepeatLayer,
  address: string,
  inputs: readonly Stream[] | null,
  state: BodyState,
): readonly Stream[] | null {
  const count = expansion.evaluator(state).number(layer.count);
  if (count === null || inputs === null) return null;
  if (count.unit !== null || !Number.isInteger(count.value) || count.value < 0) {
    const given = count.unit === null ? `${count.value}` : `one with the unit \`${count.unit}\``;
    const message = `\`repeat\` needs a whole number, not ${given}`;
    return expansion.fault("L0210", message, layer.count.span, "how often");
  }
  // What hangs on shapes could not be told before the model was expanded.
  const { environment, module } = state;
  if (count.value > shortLoop && isBombLayer(layer, environment, module, expansion.reporter)) {
    return expansion.stop();
  }
  if (count.value > maximumRepeat) {
    const message = `\`repeat\` runs at most 4,096 times, not ${formatCount(count.value)}`;
    return expansion.fault("L0026", message, layer.count.span, "too often");
  }
  let streams: readonly Stream[] | null = inputs;
  for (let i = 0; i < count.value && !expansion.overflowed; i++) {
    if (streams === null) return null;
    const own = join(address, `${i}`);
    const variable = new Map<string, Value>(
      layer.variable === null ? [] : [[layer.variable.text, { type: "number", value: i, unit: null }]],
    );
    const body = newBody(own, {
      module: state.module,
      outer: state,
      entered: streams,
      environment: scope(variable, state.environment),
      level: state.level ?? own,
    });
    streams = expandBody(expansion, layer.body, body, streams);
    if (streams !== null) expansion.outputs.set(own, streams);
  }
  return streams;
}

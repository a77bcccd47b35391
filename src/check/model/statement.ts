import type { LayerStatement, PathExpression } from "../../syntax/index.js";
import { expandBody } from "./body.js";
import { type BodyState, unlabelledAddress } from "./body-state.js";
import { expandCall } from "./call.js";
import type { Stream } from "./checked-model.js";
import type { Expansion } from "./expansion.js";
import { resolveFrom } from "./references.js";
import { expandRepeat } from "./repeat.js";
import { expandResidual } from "./residual.js";

/** One line of a body. `single` says that it is the only one and adds nothing to the address (rule 5). */
export function expandStatement(
  expansion: Expansion,
  statement: LayerStatement,
  state: BodyState,
  streams: readonly Stream[] | null,
  single: boolean,
): readonly Stream[] | null {
  if (!expansion.countStatement(statement.span)) return null;
  const { layer } = statement;
  const labelled = statement.label !== null;
  // A transparent body below other layers has no address that the line could take over.
  const inherits = single && state.group.label === null && state.address !== "";
  const address = (name: string): string => {
    if (labelled) return state.group.address;
    return inherits ? state.address : unlabelledAddress(state.group, name);
  };
  const given = (from: readonly PathExpression[]) =>
    from.length > 0 ? resolveFrom(from, state, expansion.outputs, expansion.reporter) : streams;
  const level = levelOf(state, labelled);
  switch (layer.kind) {
    case "call": {
      const { callee } = layer.call;
      const own = address(callee[callee.length - 1]?.text ?? "");
      const output = expandCall(expansion, layer, own, given(layer.from), state, level);
      if (output !== null) expansion.outputs.set(own, output);
      return output;
    }
    case "repeat":
      return expandRepeat(expansion, layer, address("repeat"), given(layer.from), state);
    case "residual":
      return expandResidual(expansion, layer, labelled, state, streams, level);
    case "when": {
      const condition = expansion.evaluator(state).boolean(layer.condition);
      if (condition === null) return null;
      if (!condition) return streams;
      const inner = nestedBody(state, labelled, state.entered, level);
      return expandBody(expansion, layer.body, inner, streams);
    }
  }
}

/** The level of a statement: its top-level group; null above the first label, where each layer is one. */
function levelOf(state: BodyState, labelled: boolean): string | null {
  if (state.level !== null) return state.level;
  return labelled || state.group.label !== null ? state.group.address : null;
}

/** A body inside braces that are no call: below the label where there is one, else part of the body around it. */
export function nestedBody(
  state: BodyState,
  labelled: boolean,
  entered: readonly Stream[],
  level: string | null,
): BodyState {
  const own = {
    ...state,
    outer: state,
    finished: new Map(),
    failed: new Set<string>(),
    addresses: new Map(),
    entered,
    level,
  };
  if (!labelled) return own;
  const { address } = state.group;
  return { ...own, address, labels: new Map(), group: { label: null, address, counts: new Map() } };
}

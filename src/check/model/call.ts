import { suggest } from "../../base/suggest.js";
import { error } from "../../diagnostics/index.js";
import { operators } from "../../language/operators/index.js";
import type { CallLayer } from "../../syntax/index.js";
import { calleeSpan, calleeText } from "../calls.js";
import { findMember, memberNames } from "../imports/members.js";
import { expandBlock } from "./block-call.js";
import type { BodyState } from "./body-state.js";
import type { Stream } from "./checked-model.js";
import type { Expansion } from "./expansion.js";
import { expandOperator } from "./operator-call.js";

/** A layer that is a call: of an operator, or of a block of this file or of an imported one. */
export function expandCall(
  expansion: Expansion,
  layer: CallLayer,
  address: string,
  inputs: readonly Stream[] | null,
  state: BodyState,
  level: string | null,
): readonly Stream[] | null {
  const { call } = layer;
  const name = calleeText(call);
  const operator = operators.get(name);
  if (operator !== undefined) {
    // One without inputs starts a branch of its own: what flows by is not meant for it.
    const given = operator.inputs.to === 0 && layer.from.length === 0 ? [] : inputs;
    return expandOperator(expansion, operator, call, address, given, state, level);
  }
  const found = findMember("block", call.callee, state.module);
  if (found === "silent") return null;
  if (found !== null && "item" in found) {
    if (found.module.scope.isBroken(found.item)) return null;
    return expandBlock(expansion, found, call, address, inputs, state, level ?? address);
  }
  if (found !== null) {
    expansion.reporter.report(found);
    return null;
  }
  const span = calleeSpan(call);
  const near = suggest(name, [...operators.keys(), ...memberNames("block", state.module)]);
  expansion.reporter.report(
    error("L0201", `there is no layer called \`${name}\``, {
      at: { span, text: "not an operator or a block of this file" },
      helps: near.slice(0, 1).map((n) => ({
        text: `did you mean \`${n}\`?  (lerac check --fix writes it)`,
        edits: [{ span, replacement: n }],
      })),
    }),
  );
  return null;
}

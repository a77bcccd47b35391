import { error } from "../../diagnostics/index.js";
import type { BlockItem, CallExpression } from "../../syntax/index.js";
import { scope } from "../environment.js";
import type { Found } from "../imports/members.js";
import { expandBody } from "./body.js";
import { type BodyState, newBody } from "./body-state.js";
import type { Stream } from "./checked-model.js";
import type { Expansion } from "./expansion.js";
import { bindParameters } from "./parameters.js";

/** A call of a block: its body, below the call's address, with the parameters and inputs of the call. */
export function expandBlock(
  expansion: Expansion,
  { item: block, module }: Found<BlockItem>,
  call: CallExpression,
  address: string,
  inputs: readonly Stream[] | null,
  state: BodyState,
  level: string,
): readonly Stream[] | null {
  const depth = expansion.calling.indexOf(block);
  if (depth !== -1) {
    const loop = [...expansion.calling.slice(depth), block].map((item) => item.name.text);
    return expansion.fault(
      "L0225",
      `block \`${block.name.text}\` calls itself`,
      call.span,
      loop.join(" -> "),
      ["a spec is total: blocks may be nested, not recursive"],
    );
  }
  const values = bindParameters(block, call, expansion.evaluator(state), expansion.reporter);
  if (values === null || inputs === null) return null;
  const expected = Math.max(1, block.inputs.length);
  if (inputs.length !== expected) {
    const takes = `${expected} input${expected === 1 ? "" : "s"}`;
    const names = block.inputs.map((name) => name.text).join(", ");
    expansion.reporter.report(
      error("L0235", `\`${block.name.text}\` takes ${takes}, not ${inputs.length}`, {
        at: { span: call.span, text: `given ${inputs.length}` },
        notes: names === "" ? [] : [`its inputs are ${names}`],
        helps: names === "" ? [] : [`name what it takes: \`${block.name.text}(…) from ${names}\``],
      }),
    );
    return null;
  }
  const named = new Map<string, readonly Stream[]>();
  for (const [i, name] of block.inputs.entries()) {
    const stream = inputs[i];
    if (stream !== undefined) named.set(name.text, [stream]);
  }
  expansion.calling.push(block);
  const output = expandBody(
    expansion,
    block.body,
    newBody(address, {
      module,
      outer: null,
      entered: inputs,
      environment: scope(values),
      level,
      finished: named,
    }),
    inputs,
  );
  expansion.calling.pop();
  return output === null ? null : output.map((stream) => ({ ...stream, span: call.span }));
}

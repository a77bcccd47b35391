import { suggest } from "../../base/suggest.js";
import { error } from "../../diagnostics/index.js";
import { operators } from "../../language/operators/index.js";
import type { Body, Name } from "../../syntax/index.js";
import { findMember } from "../imports/members.js";
import type { Module } from "../imports/module.js";
import { type BodyState, join } from "./body-state.js";
import type { Stream } from "./checked-model.js";
import type { Expansion } from "./expansion.js";
import { axisWords } from "./references.js";
import { expandStatement } from "./statement.js";

/** Statements one after another; gives the streams of the last, or those that `return` names. */
export function expandBody(
  expansion: Expansion,
  body: Body,
  state: BodyState,
  entered: readonly Stream[] | null,
): readonly Stream[] | null {
  let streams = entered;
  const single = addsNoAddress(body, state.module);
  for (const statement of body.statements) {
    if (expansion.overflowed) return null;
    switch (statement.kind) {
      case "input":
        if (state.address !== "" || state.outer !== null || statement !== body.statements[0]) {
          expansion.fault("L0224", "`input` stands only at the start of a model", statement.span, "not here");
        }
        break;
      case "return":
        finishGroup(expansion, state, streams);
        nothingAfter(expansion, body, statement);
        return returned(expansion, statement.names, state);
      case "layer":
        if (statement.label !== null) {
          finishGroup(expansion, state, streams);
          openGroup(expansion, state, statement.label);
        }
        streams = expandStatement(expansion, statement, state, streams, single);
    }
  }
  finishGroup(expansion, state, streams);
  return streams;
}

/** A block ends with what it returns. */
function nothingAfter(expansion: Expansion, body: Body, statement: Body["statements"][number]): void {
  const next = body.statements[body.statements.indexOf(statement) + 1];
  if (next === undefined) return;
  expansion.fault("L0229", "`return` is the last line of a block", next.span, "stands behind it", [
    "move it above the `return`",
  ]);
}

/** Rule 5 of addresses: a body that is one unlabelled block call or `repeat` adds nothing. */
function addsNoAddress(body: Body, module: Module): boolean {
  const [only, ...others] = body.statements;
  if (only?.kind !== "layer" || others.length > 0 || only.label !== null) return false;
  if (only.layer.kind === "repeat") return true;
  if (only.layer.kind !== "call") return false;
  const { callee } = only.layer.call;
  if (callee.length === 1 && operators.has(callee[0]?.text ?? "")) return false;
  const found = findMember("block", callee, module);
  return found !== null && found !== "silent" && "item" in found;
}

function finishGroup(expansion: Expansion, state: BodyState, streams: readonly Stream[] | null): void {
  const { label, address } = state.group;
  if (label === null) return;
  if (streams === null) {
    state.failed.add(label);
    return;
  }
  state.finished.set(label, streams);
  state.addresses.set(label, address);
  // The group is its last layer; its first may have had this address alone.
  expansion.outputs.set(address, streams);
}

function openGroup(expansion: Expansion, state: BodyState, label: Name): void {
  const first = state.labels.get(label.text);
  if (first !== undefined) {
    expansion.reporter.report(
      error("L0221", `two groups are called \`${label.text}\``, {
        at: { span: label.span, text: "called so again" },
        secondary: first === label.span ? [] : [{ span: first, text: "called so first" }],
        helps: ["addresses must be unique: choose another label"],
      }),
    );
  }
  if (first === undefined && state.finished.has(label.text)) {
    expansion.fault("L0221", `\`${label.text}\` is an input here and can't be a label`, label.span, "taken", [
      "addresses must be unique: choose another label",
    ]);
  }
  if (axisWords.includes(label.text)) {
    expansion.fault(
      "L0223",
      `\`${label.text}\` asks for a size and can't be a label`,
      label.span,
      "a word for sizes",
      [`words for sizes are ${axisWords.join(", ")}`],
    );
  }
  state.labels.set(label.text, label.span);
  state.group = { label: label.text, address: join(state.address, label.text), counts: new Map() };
  if (first !== undefined) expansion.doubled.push(state.group.address);
}

/** The streams that `return` names, which are called so from now on. */
function returned(expansion: Expansion, names: readonly Name[], state: BodyState): readonly Stream[] | null {
  const streams: Stream[] = [];
  for (const name of names) {
    const found = state.finished.get(name.text);
    const [only, ...others] = found ?? [];
    if (only !== undefined && others.length === 0) {
      streams.push({ ...only, name: name.text });
      continue;
    }
    // A label without an output had a fault that was reported.
    if (found === undefined && state.failed.has(name.text)) return null;
    const near = suggest(name.text, state.finished.keys());
    return expansion.fault(
      "L0222",
      found === undefined
        ? `there is no group called \`${name.text}\` to return`
        : `\`${name.text}\` gives several tensors`,
      name.span,
      found === undefined ? "not a label of this block" : "a name stands for one",
      near.length > 0 && found === undefined ? [`did you mean \`${near[0]}\`?`] : [],
    );
  }
  return streams;
}

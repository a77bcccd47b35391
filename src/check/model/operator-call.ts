import { type Diagnostic, error } from "../../diagnostics/index.js";
import {
  elements,
  isMisfit,
  type Operator,
  operands,
  type Shape,
  shapeText,
  streamName,
} from "../../language/operators/index.js";
import type { CallExpression } from "../../syntax/index.js";
import { bindArguments } from "../arguments.js";
import type { Evaluator } from "../evaluate.js";
import { Reporter } from "../reporter.js";
import type { BodyState } from "./body-state.js";
import { maximumElements, type Stream } from "./checked-model.js";
import type { Expansion } from "./expansion.js";
import { type InitChoice, readInit } from "./init.js";
import { toldInput } from "./told-input.js";

/** A call of an operator: one layer. */
export function expandOperator(
  expansion: Expansion,
  operator: Operator,
  written: CallExpression,
  address: string,
  inputs: readonly Stream[] | null,
  state: BodyState,
  level: string | null,
): readonly Stream[] | null {
  const { reporter } = expansion;
  const shapes = (inputs ?? []).map((stream) => stream.shape);
  /** What is wrong with the call, in better words where they are known. */
  const refuse = (found: readonly Diagnostic[]): null => {
    const silent = expansion.evaluator(state, new Reporter());
    const told = toldInput(written, operator, shapes, silent);
    for (const one of told === null ? found : [told]) reporter.report(one);
    return null;
  };
  const own = new Reporter();
  const { call, init } = takeInit(written, operator, expansion.evaluator(state), reporter);
  const bound = bindArguments(call, operator.arguments, expansion.evaluator(state, own), own);
  if (bound === null) return refuse(own.diagnostics);
  if (inputs === null) return null;
  if (inputs.length < operator.inputs.from || inputs.length > operator.inputs.to) {
    const message = `\`${operator.name}\` takes ${takesText(operator)}, not ${inputs.length}`;
    return expansion.fault("L0235", message, written.span, "here");
  }
  const inferred = operator.infer({ inputs: operands(shapes), args: bound.values });
  if (isMisfit(inferred)) {
    const span = (inferred.argument !== undefined && bound.spans[inferred.argument]) || written.span;
    const origin = inputs[0];
    return refuse([
      error(inferred.code, inferred.message(address), {
        at: { span, text: inferred.label },
        secondary:
          inferred.inputLabel === undefined || origin === undefined
            ? []
            : [{ span: origin.span, text: inferred.inputLabel }],
        notes: inferred.notes ?? [],
        helps: inferred.helps ?? [],
      }),
    ]);
  }
  const isLarge = (shape: Shape) => elements(shape) > maximumElements;
  const large =
    [inferred.output, ...(inferred.outputs ?? [])].find(isLarge) ??
    inferred.tensors.find((tensor) => isLarge(tensor.shape))?.shape;
  if (large !== undefined) {
    const message = `\`${address}\` would hold ${shapeText(large)}`;
    return expansion.fault("L0027", message, written.span, "more than 2^31 numbers");
  }
  const added = expansion.addLayer({
    address,
    operator,
    inputs: inputs.map((stream) => stream.from),
    args: bound.values,
    argSpans: bound.spans,
    written: bound.written,
    ...inferred,
    group: level ?? address,
    init,
    span: written.span,
  });
  if (!added) return null;
  const { span } = written;
  if (inferred.outputs === undefined) return [{ from: address, shape: inferred.output, span }];
  return inferred.outputs.map((shape, i) => ({ name: `${i}`, from: streamName(address, i), shape, span }));
}

/** "1 input", "2 inputs", "1 to 3 inputs", "2 or more inputs". */
function takesText({ inputs: { from, to } }: Operator): string {
  if (from === to) return from === 0 ? "no input" : `${from} input${from === 1 ? "" : "s"}`;
  return to < 8 ? `${from} to ${to} inputs` : `${from} or more inputs`;
}

/** `init:` is an argument of every operator with random tensors, beside its own. */
function takeInit(
  call: CallExpression,
  operator: Operator,
  evaluator: Evaluator,
  reporter: Reporter,
): { readonly call: CallExpression; readonly init: InitChoice | null } {
  const given = call.arguments.find((argument) => argument.key?.text === "init");
  if (given === undefined || Object.hasOwn(operator.arguments, "init")) return { call, init: null };
  if (operator.initialisable !== true) return { call, init: null };
  const rest = call.arguments.filter((argument) => argument !== given);
  return { call: { ...call, arguments: rest }, init: readInit(given.value, evaluator, reporter) };
}

import { error } from "../../diagnostics/index.js";
import type { CallExpression, ModelItem } from "../../syntax/index.js";
import { type Environment, scope } from "../environment.js";
import { Evaluator } from "../evaluate.js";
import type { Found } from "../imports/members.js";
import type { Reporter } from "../reporter.js";
import { expandBody } from "./body.js";
import { newBody } from "./body-state.js";
import { isBomb } from "./bombs.js";
import type { CheckedModel, Stream } from "./checked-model.js";
import { Expansion } from "./expansion.js";
import { readInputs } from "./inputs.js";
import { bindParameters } from "./parameters.js";

export type { CheckedLayer, CheckedModel, ModelInput } from "./checked-model.js";

/** What names mean to a model: to the arguments of the call, and to its own text. */
export interface ModelEnvironments {
  readonly caller: Environment;
  /** The `param`s of the model's own file. */
  readonly own: Environment;
}

/**
 * A model, as one call of it makes it: blocks and loops expanded, every layer with its address and shape. Null after a
 * reported fault.
 */
export function expandModel(
  { item: model, module }: Found<ModelItem>,
  call: CallExpression,
  environments: ModelEnvironments,
  reporter: Reporter,
): CheckedModel | null {
  const caller = new Evaluator(reporter, environments.caller);
  const values = bindParameters(model, call, caller, reporter, environments.own);
  if (values === null) return null;
  const environment = scope(values, environments.own);
  const inputs = readInputs(model, new Evaluator(reporter, environment), reporter);
  if (inputs === null) return null;
  const finished = new Map<string, readonly Stream[]>();
  const entered: Stream[] = inputs.map(({ name, shape, span }) => ({ from: `input:${name}`, shape, span }));
  for (const [i, { name }] of inputs.entries()) finished.set(name, entered.slice(i, i + 1));
  if (isBomb(model.body, environment, module, model.name.span, reporter)) return null;
  const expansion = new Expansion(reporter);
  const state = newBody("", { module, outer: null, entered, environment, level: null, finished });
  const output = expandBody(expansion, model.body, state, entered);
  if (output === null || !endsInOneLayer(model, expansion, output, reporter)) return null;
  const parameters = expansion.layers
    .flatMap((layer) => layer.tensors)
    .filter((tensor) => tensor.trainable)
    .reduce((sum, tensor) => sum + tensor.shape.reduce((product, size) => product * size, 1), 0);
  return { name: model.name.text, span: model.name.span, inputs, layers: expansion.layers, parameters };
}

/** What a model gives is the output of its last layer: one tensor, or all of those that `detect` gives together. */
function endsInOneLayer(
  model: ModelItem,
  { layers }: Expansion,
  output: readonly Stream[],
  reporter: Reporter,
): boolean {
  const last = layers[layers.length - 1];
  const ofLast = output.filter(({ from }) => from === last?.address || from.startsWith(`${last?.address}:`));
  const wanted = last?.outputs?.length ?? 1;
  if (last !== undefined && ofLast.length === output.length && output.length === wanted) return true;
  const name = model.name.text;
  const message =
    last === undefined
      ? `model \`${name}\` has no layers`
      : output.length > 1
        ? `model \`${name}\` gives several tensors`
        : `model \`${name}\` does not end in its last layer`;
  const text = "a model ends in one tensor, that of its last layer";
  reporter.report(error("L0227", message, { at: { span: model.name.span, text } }));
  return false;
}

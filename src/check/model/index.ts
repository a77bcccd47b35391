import { suggest } from "../../base/suggest.js";
import { error } from "../../diagnostics/index.js";
import { inputKinds } from "../../language/inputs.js";
import type { CallExpression, ModelItem } from "../../syntax/index.js";
import { bindArguments } from "../arguments.js";
import { type Environment, Evaluator, scope } from "../evaluate.js";
import type { Reporter } from "../reporter.js";
import type { BodyState } from "./body-state.js";
import type { CheckedModel, ModelInput, Stream } from "./checked-model.js";
import { type Definitions, Expander } from "./expander.js";
import { bindParameters } from "./parameters.js";

export type { CheckedLayer, CheckedModel } from "./checked-model.js";
export type { Definitions } from "./expander.js";

/**
 * A model, as one call of it makes it: blocks and loops expanded, every layer with its address and shape. Null after a
 * reported fault.
 */
export function expandModel(
  model: ModelItem,
  call: CallExpression,
  definitions: Definitions,
  fileParams: Environment,
  reporter: Reporter,
): CheckedModel | null {
  const values = bindParameters(model, call, new Evaluator(reporter, fileParams), reporter, fileParams);
  if (values === null) return null;
  const environment = scope(values, fileParams);
  const inputs = readInputs(model, new Evaluator(reporter, environment), reporter);
  if (inputs === null) return null;
  const streams: Stream[] = inputs.map((input) => ({
    from: `input:${input.name}`,
    shape: input.shape,
    span: input.span,
  }));
  const state: BodyState = {
    address: "",
    outer: null,
    labels: new Map(),
    finished: new Map(inputs.map((input, i) => [input.name, [streams[i] as Stream]])),
    addresses: new Map(),
    group: { label: null, address: "", counts: new Map() },
    entered: streams,
    environment,
    level: null,
  };
  const expander = new Expander(definitions, reporter);
  const output = expander.body(model.body, state, streams);
  const [last, ...others] = output ?? [];
  if (last === undefined) return null;
  if (expander.layers.length === 0 || others.length > 0) {
    const message =
      others.length > 0
        ? `model \`${model.name.text}\` gives several tensors`
        : `model \`${model.name.text}\` has no layers`;
    reporter.report(
      error("L0227", message, { at: { span: model.name.span, text: "a model ends in one tensor" } }),
    );
    return null;
  }
  const parameters = expander.layers
    .flatMap((layer) => layer.tensors)
    .filter((tensor) => tensor.trainable)
    .reduce((sum, tensor) => sum + tensor.shape.reduce((product, size) => product * size, 1), 0);
  return {
    name: model.name.text,
    span: model.name.span,
    inputs,
    layers: expander.layers,
    output: last,
    parameters,
  };
}

function readInputs(
  model: ModelItem,
  evaluator: Evaluator,
  reporter: Reporter,
): readonly ModelInput[] | null {
  const [first] = model.body.statements;
  if (first?.kind !== "input") {
    reporter.report(
      error("L0228", `model \`${model.name.text}\` does not say what it takes`, {
        at: { span: model.name.span, text: "no `input`" },
        helps: ["begin it with a line such as `input image(28, 28, 1)`"],
      }),
    );
    return null;
  }
  const inputs: ModelInput[] = [];
  for (const { name, call } of first.inputs) {
    const kindName = call.callee.map((part) => part.text).join(".");
    const kind = inputKinds.get(kindName);
    if (kind === undefined) {
      const near = suggest(kindName, inputKinds.keys());
      const span = call.callee[0]?.span ?? call.span;
      reporter.report(
        error("L0201", `there is no input called \`${kindName}\``, {
          at: { span, text: "not a kind of input" },
          notes: near.length > 0 ? [] : [`inputs are ${[...inputKinds.keys()].join(", ")}`],
          helps: near
            .slice(0, 1)
            .map((n) => ({ text: `did you mean \`${n}\`?`, edits: [{ span, replacement: n }] })),
        }),
      );
      return null;
    }
    const bound = bindArguments(call, kind.arguments, evaluator, reporter);
    if (bound === null) return null;
    inputs.push({
      name: name?.text ?? kind.name,
      kind: kind.name,
      shape: kind.shape(bound.values),
      span: call.span,
    });
  }
  return inputs;
}

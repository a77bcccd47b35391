import type { Tensor } from "@tensorflow/tfjs-core";
import { invariant } from "../../base/invariant.js";
import { operands, operators, streamName } from "../../language/operators/index.js";
import type { TrainingProgram } from "../../program/types.js";
import type { StepContext } from "./context.js";

/** The outputs [B, K] of a program's layers, given its inputs by name. */
export function forward(
  { model }: TrainingProgram,
  context: StepContext,
  inputs: ReadonlyMap<string, Tensor>,
  isFrozen: (address: string) => boolean,
): Tensor {
  const values = new Map<string, Tensor>();
  for (const [name, value] of inputs) values.set(`input:${name}`, value);
  let last: Tensor | undefined;
  for (const [site, layer] of model.layers.entries()) {
    const operator = operators.get(layer.operator);
    invariant(operator, `${layer.address}: no operator ${layer.operator}`);
    const given = layer.inputs.map((address) => {
      const value = values.get(address);
      invariant(value, `${layer.address}: no value of ${address}`);
      return value;
    });
    const frozen = isFrozen(`${layer.address}.weight`);
    context.enter({ address: layer.address, operator: layer.operator, site, frozen });
    const made = context.recorder.within(layer.address, "forward", () =>
      operator.forward(context, operands(given), layer.attributes, layer),
    );
    const outputs = "dataId" in made ? [made] : made;
    outputs.forEach((value, i) => {
      values.set(layer.outputs === undefined ? layer.address : streamName(layer.address, i), value);
    });
    last = outputs[0];
  }
  invariant(last, "a model without layers");
  return last;
}

import type { Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import { invariant } from "../../../base/invariant.js";
import { operators } from "../../../language/operators/index.js";
import type { LayerProgram, TrainingProgram } from "../../../program/types.js";
import { DropoutMasks } from "../../masks.js";
import type { BatchStatistics } from "../../ops/batch_norm.js";
import { EagerContext } from "./context.js";

/** What the forward pass reads and reports; tensors are addressed as in the program. */
export interface ForwardState {
  tensor(address: string): Tensor;
  /** Training only: what the batch normalisation at `address` measured. */
  report(address: string, statistics: BatchStatistics, momentum: number): void;
  /** Completed optimizer steps. */
  readonly step: number;
}

/** The layers of a program, bound to their operators. */
export class EagerModel {
  readonly #layers: readonly { layer: LayerProgram; masks: DropoutMasks }[];

  /** A program that does not fit the operators of this version is a fault of the compiler: InternalError. */
  constructor(
    readonly program: TrainingProgram,
    seed: number,
  ) {
    const { model, plan } = program;
    const known = new Set(model.inputs.map((input) => `input:${input.name}`));
    for (const layer of model.layers) {
      invariant(operators.has(layer.operator), `${layer.address}: no operator ${layer.operator}`);
      for (const input of layer.inputs)
        invariant(known.has(input), `${layer.address}: no layer ${input} above`);
      known.add(layer.address);
    }
    const last = model.layers[model.layers.length - 1];
    invariant(last && last.output.length === 1, "the last layer has to give one row of logits a sample");

    const tensors = model.layers.flatMap((layer) => layer.tensors);
    const trainable = tensors.filter((tensor) => tensor.trainable).map((tensor) => tensor.address);
    const inLevels = plan.levels.flatMap((level) => level.tensors);
    invariant(
      new Set(tensors.map((tensor) => tensor.address)).size === tensors.length,
      "two tensors of one address",
    );
    invariant(
      [...trainable].sort().join() === [...inLevels].sort().join(),
      "the levels of the plan do not hold each trainable tensor once",
    );
    this.#layers = model.layers.map((layer) => ({ layer, masks: new DropoutMasks(seed, layer.address) }));
  }

  /** Logits [B, K] of a batch, given its inputs by name. */
  forward(phase: "train" | "evaluate", inputs: ReadonlyMap<string, Tensor>, state: ForwardState): Tensor2D {
    const context = new EagerContext(phase);
    const values = new Map<string, Tensor>();
    for (const [name, value] of inputs) values.set(`input:${name}`, value);
    let output: Tensor | undefined;
    for (const { layer, masks } of this.#layers) {
      context.enter({
        address: layer.address,
        tensor: (name) => state.tensor(`${layer.address}.${name}`),
        report: (statistics, momentum) => state.report(layer.address, statistics, momentum),
        masks,
        step: state.step,
      });
      output = runLayer(context, layer, values);
      values.set(layer.address, output);
    }
    invariant(output, "a model without layers");
    return output as Tensor2D;
  }
}

function runLayer(context: EagerContext, layer: LayerProgram, values: ReadonlyMap<string, Tensor>): Tensor {
  const operands = layer.inputs.map((address) => {
    const value = values.get(address);
    invariant(value, `${layer.address}: no value of ${address}`);
    return value;
  });
  const [first, ...others] = operands;
  const operator = operators.get(layer.operator);
  invariant(first && operator, `${layer.address}: nothing to run`);
  const output = operator.forward(context, [first, ...others], layer.attributes, layer);
  const shape = [first.shape[0], ...layer.output];
  invariant(
    output.shape.join() === shape.join(),
    `${layer.address} gives [${output.shape.join(", ")}], its program says [${shape.join(", ")}]`,
  );
  return output;
}

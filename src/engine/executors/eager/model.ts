import type { Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import { invariant } from "../../../base/invariant.js";
import { operands, operators, streamName } from "../../../language/operators/index.js";
import type { LayerProgram, TrainingProgram } from "../../../program/types.js";
import { DropoutMasks } from "../../masks.js";
import type { BatchStatistics } from "../../ops/batch_norm.js";
import { EagerContext } from "./context.js";

/** What the forward pass reads and reports; tensors are addressed as in the program. */
export interface ForwardState {
  tensor(address: string): Tensor;
  /** Training only: what the batch normalisation at `address` measured. */
  report(address: string, statistics: BatchStatistics, momentum: number): void;
  /** Training only: addresses of the trainable tensors that stay as they are at this step. */
  readonly frozen?: ReadonlySet<string>;
  /** Completed optimizer steps. */
  readonly step: number;
}

export interface ModelInput {
  readonly value: Tensor;
  /** Filled places of each sample; null where all are. */
  readonly lengths: Int32Array | null;
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
      if (layer.outputs === undefined) known.add(layer.address);
      layer.outputs?.forEach((_, i) => {
        known.add(streamName(layer.address, i));
      });
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

  /** Outputs [B, K] of a batch, given its inputs by name. */
  forward(
    phase: "train" | "evaluate",
    inputs: ReadonlyMap<string, ModelInput>,
    state: ForwardState,
  ): Tensor2D {
    const [anyInput] = inputs.values();
    const context = new EagerContext(phase, anyInput?.value.shape[0] ?? 0);
    const values = new Map<string, Tensor>();
    for (const [name, { value, lengths }] of inputs) {
      values.set(`input:${name}`, value);
      if (lengths !== null) context.setLengths(value, lengths);
    }
    let output: Tensor | undefined;
    for (const { layer, masks } of this.#layers) {
      context.enter({
        address: layer.address,
        tensor: (name) => state.tensor(`${layer.address}.${name}`),
        report: (statistics, momentum) => state.report(layer.address, statistics, momentum),
        masks,
        frozen: state.frozen?.has(`${layer.address}.weight`) ?? false,
        step: state.step,
      });
      const outputs = runLayer(context, layer, values);
      outputs.forEach((value, i) => {
        values.set(layer.outputs === undefined ? layer.address : streamName(layer.address, i), value);
      });
      output = outputs[0];
    }
    invariant(output, "a model without layers");
    return output as Tensor2D;
  }
}

/** The streams that a layer gives: one, or as many as its `outputs`. */
function runLayer(
  context: EagerContext,
  layer: LayerProgram,
  values: ReadonlyMap<string, Tensor>,
): readonly Tensor[] {
  const inputs = layer.inputs.map((address) => {
    const value = values.get(address);
    invariant(value, `${layer.address}: no value of ${address}`);
    return value;
  });
  const operator = operators.get(layer.operator);
  invariant(operator, `${layer.address}: nothing to run`);
  const given = operator.forward(context, operands(inputs), layer.attributes, layer);
  const outputs = "dataId" in given ? [given] : given;
  const shapes = (layer.outputs ?? [layer.output]).map((shape) => [context.samples, ...shape]);
  const found = outputs.map((output) => output.shape);
  invariant(
    JSON.stringify(found) === JSON.stringify(shapes),
    `${layer.address} gives ${JSON.stringify(found)}, its program says ${JSON.stringify(shapes)}`,
  );
  if (operator.movesPlaces !== true) for (const output of outputs) context.carryLengths(output, inputs);
  return outputs;
}

import { invariant } from "../../base/invariant.js";
import { operands, operators, streamName } from "../../language/operators/index.js";
import type { LayerProgram, TrainingProgram } from "../../program/types.js";
import { GraphBuilder } from "./builder.js";
import { RecordingContext } from "./context.js";
import type { Graph, Value } from "./graph.js";
import { outputsOf } from "./outputs.js";
import { scaled, takesRawImages } from "./scaling.js";

export { anySize, type Graph, type Value } from "./graph.js";
export { takesRawImages } from "./scaling.js";

export interface RecordedTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/**
 * The forward pass of a trained model in evaluation, from raw input to logits and probabilities, as a graph.
 * @param tensors weights and statistics by address
 */
export function recordModel(program: TrainingProgram, tensors: ReadonlyMap<string, RecordedTensor>): Graph {
  const { model, data } = program;
  const graph = new GraphBuilder(outputsOf(program).map(({ name }) => name));
  const inputs = model.inputs.map(({ name, shape }) => graph.input(name, shape));
  const [samples] = inputs;
  invariant(samples, "a model without inputs");
  const context = new RecordingContext(graph, samples);
  const values = new Map<string, Value>();
  model.inputs.forEach(({ name }, i) => {
    const value = inputs[i] as Value;
    graph.layer = `${name}/scale`;
    values.set(`input:${name}`, takesRawImages(data) ? scaled(graph, value, data) : value);
    if (data.sample.kind === "tokens") context.lengths.set(value, graph.input(`${name}${lengthSuffix}`, [1]));
  });
  let last: Value | undefined;
  for (const layer of model.layers) {
    context.enter({
      address: layer.address,
      tensor: (name) => {
        const address = `${layer.address}.${name}`;
        const tensor = tensors.get(address);
        invariant(tensor, `no tensor ${address}`);
        return graph.constant(address, tensor.shape, tensor.values);
      },
    });
    const given = recordLayer(context, layer, values);
    given.forEach((value, i) => {
      values.set(layer.outputs === undefined ? layer.address : streamName(layer.address, i), value);
    });
    last = given[0];
  }
  const logits = last;
  invariant(logits, "a model without layers");
  graph.layer = "outputs";
  return graph.finish(outputsOf(program).map(({ name, of }) => ({ name, value: of(graph, logits) })));
}

/** The streams that a layer gives. */
function recordLayer(
  context: RecordingContext,
  layer: LayerProgram,
  values: ReadonlyMap<string, Value>,
): readonly Value[] {
  const operator = operators.get(layer.operator);
  invariant(operator, `${layer.address}: no operator ${layer.operator}`);
  const inputs = layer.inputs.map((address) => {
    const value = values.get(address);
    invariant(value, `${layer.address}: no value of ${address}`);
    return value;
  });
  const made: Value | readonly Value[] = operator.forward<Value>(
    context,
    operands(inputs),
    layer.attributes,
    layer,
  );
  const outputs = isList(made) ? made : [made];
  const found = outputs.map((output) => output.shape.slice(1));
  invariant(
    JSON.stringify(found) === JSON.stringify(layer.outputs ?? [layer.output]),
    `${layer.address} was recorded with shapes ${JSON.stringify(found)}`,
  );
  if (operator.movesPlaces !== true) for (const output of outputs) context.lengths.carry(output, inputs);
  return outputs;
}

/** The input `NAME_length` says how many places of NAME are filled, [B, 1]. */
const lengthSuffix = "_length";

/** Of which input another one says the lengths. */
export function lengthsOf(input: string): string {
  return input.slice(0, input.lastIndexOf(lengthSuffix));
}

function isList(value: Value | readonly Value[]): value is readonly Value[] {
  return Array.isArray(value);
}

import { isMisfit, operators, type Shape, shapeText } from "../language/operators/index.js";
import type { LayerProgram, TrainingProgram } from "./types.js";

/**
 * What the schema can't say: every layer is an operator of the language with the shapes and tensors that its inputs
 * and arguments give, and every trainable tensor is in exactly one level. A compiled program is legal by construction;
 * a program file may come from anywhere.
 *
 * @returns where and why it is not legal, null when it is
 */
export function illegality(program: TrainingProgram): string | null {
  const outputs = new Map<string, Shape>(
    program.model.inputs.map(({ name, shape }) => [`input:${name}`, shape]),
  );
  for (const layer of program.model.layers) {
    const problem = illegalLayer(layer, outputs);
    if (problem !== null) return `layer \`${layer.address}\`: ${problem}`;
    outputs.set(layer.address, layer.output);
  }
  return illegalHead(program) ?? illegalLevels(program);
}

function illegalLayer(layer: LayerProgram, outputs: ReadonlyMap<string, Shape>): string | null {
  if (outputs.has(layer.address)) return "its address is taken";
  const operator = operators.get(layer.operator);
  if (operator === undefined) return `there is no operator \`${layer.operator}\``;
  const inputs = layer.inputs.map((name) => outputs.get(name));
  const missing = inputs.indexOf(undefined);
  if (missing !== -1) return `its input \`${layer.inputs[missing]}\` does not stand above it`;
  const { from, to } = operator.inputs;
  if (inputs.length < from || inputs.length > to) return `it takes ${inputs.length} inputs`;
  const known = Object.keys(operator.arguments).sort().join();
  if (Object.keys(layer.attributes).sort().join() !== known)
    return "its arguments are not those of its operator";
  const [first, ...others] = inputs as Shape[];
  if (first === undefined) return "it has no input";
  const inferred = operator.infer({ inputs: [first, ...others], args: layer.attributes });
  if (isMisfit(inferred)) return inferred.label;
  if (shapeText(inferred.output) !== shapeText(layer.output))
    return `its output is ${shapeText(inferred.output)}`;
  const expected = inferred.tensors.map(
    (t) => `${layer.address}.${t.name} ${shapeText(t.shape)} ${t.trainable}`,
  );
  const found = layer.tensors.map((t) => `${t.address} ${shapeText(t.shape)} ${t.trainable}`);
  return expected.join() === found.join() ? null : "its tensors are not those of its operator";
}

function illegalHead(program: TrainingProgram): string | null {
  const { model, data } = program;
  const last = model.layers[model.layers.length - 1];
  if (shapeText(last?.output ?? []) !== shapeText([data.classes])) {
    return `the last layer gives ${shapeText(last?.output ?? [])} for ${data.classes} classes`;
  }
  const { height, width, channels } = data.sample;
  const sample = shapeText([height, width, channels]);
  return model.inputs.some((input) => shapeText(input.shape) !== sample) ? `samples are ${sample}` : null;
}

function illegalLevels(program: TrainingProgram): string | null {
  const trainable = program.model.layers.flatMap((layer) =>
    layer.tensors.filter((tensor) => tensor.trainable).map((tensor) => tensor.address),
  );
  const inLevels = program.plan.levels.flatMap((level) => level.tensors);
  const claimed = new Set(inLevels);
  if (claimed.size !== inLevels.length) return "a tensor is in two levels";
  const left = trainable.find((address) => !claimed.has(address));
  if (left !== undefined) return `\`${left}\` is in no level`;
  return claimed.size === trainable.length ? null : "a level names a tensor that is not trained";
}

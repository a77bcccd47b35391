import { areArgumentsOf } from "../language/argument-values.js";
import {
  isMisfit,
  operands,
  operators,
  type Shape,
  shapeText,
  streamName,
} from "../language/operators/index.js";
import { strangeInPlan } from "../plan/index.js";
import { illegalLoss, isOneForTwo } from "./illegal-loss.js";
import { illegalData } from "./legality-data.js";
import type { ArmProgram, LayerProgram, TrainingProgram } from "./types.js";

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
    if (layer.outputs === undefined) outputs.set(layer.address, layer.output);
    layer.outputs?.forEach((shape, i) => {
      outputs.set(streamName(layer.address, i), shape);
    });
  }
  return (
    illegalHead(program) ??
    illegalLoss(program) ??
    illegalData(program) ??
    illegalPlans(program) ??
    illegalWeights(program)
  );
}

function illegalLayer(layer: LayerProgram, outputs: ReadonlyMap<string, Shape>): string | null {
  if (outputs.has(layer.address) || outputs.has(streamName(layer.address, 0))) return "its address is taken";
  const operator = operators.get(layer.operator);
  if (operator === undefined) return `there is no operator \`${layer.operator}\``;
  const inputs = layer.inputs.map((name) => outputs.get(name));
  const missing = inputs.indexOf(undefined);
  if (missing !== -1) return `its input \`${layer.inputs[missing]}\` does not stand above it`;
  const { from, to } = operator.inputs;
  if (inputs.length < from || inputs.length > to) return `it takes ${inputs.length} inputs`;
  if (!areArgumentsOf(operator.arguments, layer.attributes))
    return "its arguments are not those of its operator";
  const shapes = inputs.flatMap((shape) => (shape === undefined ? [] : [shape]));
  const inferred = operator.infer({ inputs: operands(shapes), args: layer.attributes });
  if (isMisfit(inferred)) return inferred.label;
  if (shapeText(inferred.output) !== shapeText(layer.output))
    return `its output is ${shapeText(inferred.output)}`;
  if ((inferred.outputs ?? []).map(shapeText).join() !== (layer.outputs ?? []).map(shapeText).join())
    return "its outputs are not those of its operator";
  const expected = inferred.tensors.map(
    (t) => `${layer.address}.${t.name} ${shapeText(t.shape)} ${t.trainable}`,
  );
  const found = layer.tensors.map((t) => `${t.address} ${shapeText(t.shape)} ${t.trainable}`);
  return expected.join() === found.join() ? null : "its tensors are not those of its operator";
}

function illegalHead(program: TrainingProgram): string | null {
  const { model, data } = program;
  const last = model.layers[model.layers.length - 1];
  if (last?.operator === "detect" && data.classes !== null) {
    return last.attributes.classes === data.classes
      ? null
      : `the detector is not one of ${data.classes} classes`;
  }
  const given = shapeText(last?.output ?? []);
  if (given === shapeText([data.classes ?? 1]) && last?.outputs === undefined) return null;
  if (isOneForTwo(program)) return null;
  return data.classes === null
    ? `the last layer gives ${given} for one number`
    : `the last layer gives ${given} for ${data.classes} classes`;
}

/** Weights fill tensors of the model, each one once. */
function illegalWeights({ model, weights }: TrainingProgram): string | null {
  const known = new Set(model.layers.flatMap((layer) => layer.tensors.map((tensor) => tensor.address)));
  const filled = new Set<string>();
  for (const { address } of (weights ?? []).flatMap(({ tensors }) => tensors)) {
    if (!known.has(address)) return `weights fill \`${address}\`, which is no tensor`;
    if (filled.has(address)) return `weights fill \`${address}\` twice`;
    filled.add(address);
  }
  return null;
}

function illegalPlans(program: TrainingProgram): string | null {
  for (const plan of [program.plan, ...program.arms.map((arm) => arm.plan)]) {
    const problem = strangeInPlan(plan) ?? illegalLevels(program, plan);
    if (problem !== null) return problem;
  }
  return null;
}

function illegalLevels(program: TrainingProgram, { levels }: ArmProgram["plan"]): string | null {
  const trainable = program.model.layers.flatMap((layer) =>
    layer.tensors.filter((tensor) => tensor.trainable).map((tensor) => tensor.address),
  );
  const inLevels = levels.flatMap((level) => level.tensors);
  const claimed = new Set(inLevels);
  if (claimed.size !== inLevels.length) return "a tensor is in two levels";
  const left = trainable.find((address) => !claimed.has(address));
  if (left !== undefined) return `\`${left}\` is in no level`;
  const still = levels.find((level) => level.start === 0 && level.hold?.until !== null);
  if (still !== undefined) return `level \`${still.address}\` starts at no rate`;
  return claimed.size === trainable.length ? null : "a level names a tensor that is not trained";
}

import { invariant } from "../../../base/invariant.js";
import type { TrainingProgram } from "../../../program/types.js";
import type { Batch } from "../../executor.js";
import { compiledLoss } from "../../step/loss.js";

/** The numbers of each input of the model, of the sizes that it says. */
export function checkedInputs(batch: Batch, { model }: TrainingProgram): Map<string, Float32Array> {
  return new Map(
    model.inputs.map(({ name, shape }) => {
      const input = batch.inputs.get(name);
      invariant(input, `the batch has no input ${name}`);
      const expected = [batch.size, ...shape].join(", ");
      invariant(
        input.shape.join(", ") === expected,
        `input ${name} is [${input.shape.join(", ")}], not [${expected}]`,
      );
      return [name, input.values];
    }),
  );
}

/** What outputs are compared with, under the name of the graph's input. */
export type NamedTruth = readonly ["labels", Int32Array] | readonly ["targets", Float32Array];

/** The class of each sample, or the numbers to be met, as the loss asks for. */
export function checkedTruth({ labels, targets, size }: Batch, program: TrainingProgram): NamedTruth {
  if (compiledLoss(program.train.loss).truth === "targets") {
    const expected = size * numbersOf(program);
    invariant(targets?.length === expected, `${targets?.length ?? 0} targets, not ${expected}`);
    return ["targets", targets];
  }
  const classes = program.data.classes ?? 0;
  invariant(labels.length === size, `${labels.length} labels for ${size} samples`);
  invariant(
    labels.every((label) => label >= 0 && label < classes),
    `a label is outside of the ${classes} classes`,
  );
  return ["labels", labels];
}

/** Where only the outputs are wanted. */
export function anyTruth(size: number, program: TrainingProgram): NamedTruth {
  if (compiledLoss(program.train.loss).truth === "labels") return ["labels", new Int32Array(size)];
  return ["targets", new Float32Array(size * numbersOf(program))];
}

/** Numbers that the model gives for a sample. */
function numbersOf({ model }: TrainingProgram): number {
  return (model.layers.at(-1)?.output ?? []).reduce((product, extent) => product * extent, 1);
}

/** The numbers, followed by zeros. */
export function filledUp<T extends Float32Array | Int32Array>(values: T, size: number): T {
  if (values.length === size) return values;
  const filled = (values instanceof Float32Array ? new Float32Array(size) : new Int32Array(size)) as T;
  filled.set(values);
  return filled;
}

import { invariant } from "../../../base/invariant.js";
import type { TrainingProgram } from "../../../program/types.js";
import type { Batch } from "../../executor.js";

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

/** The class of each sample. */
export function checkedLabels({ labels, size }: Batch, { data }: TrainingProgram): Int32Array {
  const classes = data.classes ?? 0;
  invariant(labels.length === size, `${labels.length} labels for ${size} samples`);
  invariant(
    labels.every((label) => label >= 0 && label < classes),
    `a label is outside of the ${classes} classes`,
  );
  return labels;
}

/** The numbers, followed by zeros. */
export function filledUp<T extends Float32Array | Int32Array>(values: T, size: number): T {
  if (values.length === size) return values;
  const filled = (values instanceof Float32Array ? new Float32Array(size) : new Int32Array(size)) as T;
  filled.set(values);
  return filled;
}

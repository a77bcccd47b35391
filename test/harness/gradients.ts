import { engine, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { expect } from "vitest";
import { centralDifferences, expectClose, randomValues, type Values } from "./numeric.js";

/** How far float32 may be from double precision, relative to the value where that is above 1. */
export const tolerance = 1e-5;

export function asTensor({ shape, data }: Values): Tensor {
  return tensor(Float32Array.from(data), [...shape], "float32");
}

/** Value of an operation and the gradients of Σ y · upstream by its inputs; an input without a path has none. */
export function valueAndGradients(
  operation: (inputs: readonly Tensor[]) => Tensor,
  inputs: readonly Values[],
  upstream: Values,
): { readonly value: Values; readonly gradients: readonly (Values | null)[] } {
  const read = (x: Tensor): Values => ({ shape: x.shape, data: Float64Array.from(x.dataSync()) });
  let value: Values | undefined;
  let gradients: (Values | null)[] = [];
  tidy(() => {
    const tensors = inputs.map(asTensor);
    const { grads } = engine().gradients(
      () => {
        const output = operation(tensors);
        value = read(output);
        return output;
      },
      tensors,
      asTensor(upstream),
      true,
    );
    gradients = grads.map((gradient) => (gradient ? read(gradient) : null));
  });
  if (value === undefined) throw new Error("the operation did not run");
  return { value, gradients };
}

/** What an operation should give: its value, and the gradients of Σ value · upstream by each input. */
export interface Expected {
  readonly value: Values;
  /** Random, the same for every operation of this size. */
  readonly upstream: Values;
  readonly gradients: readonly Float64Array[];
}

/** From a double precision reference: gradients are its central differences. */
export function expectedOf(
  reference: (inputs: readonly Values[]) => Values,
  inputs: readonly Values[],
): Expected {
  const value = reference(inputs);
  const upstream = randomValues(value.shape, 99);
  const gradients = inputs.map((input, which) =>
    centralDifferences((data) => {
      const moved = inputs.map((other, i) => (i === which ? { ...input, data } : other));
      return reference(moved).data.reduce((sum, v, i) => sum + v * (upstream.data[i] as number), 0);
    }, input.data),
  );
  return { value, upstream, gradients };
}

/** Fails unless an operation on TensorFlow.js tensors has the value and the gradients expected. */
export function checkAgainst(
  operation: (inputs: readonly Tensor[]) => Tensor,
  expected: Expected,
  inputs: readonly Values[],
): void {
  const { value, gradients } = valueAndGradients(operation, inputs, expected.upstream);
  expect(value.shape).toEqual(expected.value.shape);
  expectClose(value.data, expected.value.data, tolerance, "value");
  inputs.forEach((input, which) => {
    expect(gradients[which]?.shape).toEqual(input.shape);
    expectClose(
      gradients[which]?.data ?? [],
      expected.gradients[which] ?? [],
      tolerance,
      `gradient of input ${which}`,
    );
  });
}

/** Both in one: an operation against its double precision reference. */
export function checkGradients(
  operation: (inputs: readonly Tensor[]) => Tensor,
  reference: (inputs: readonly Values[]) => Values,
  inputs: readonly Values[],
): void {
  checkAgainst(operation, expectedOf(reference, inputs), inputs);
}

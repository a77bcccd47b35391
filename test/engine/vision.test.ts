import { setBackend, type Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { loadLibrary } from "../../src/engine/libraries.js";
import type { ForwardContext } from "../../src/language/forward.js";
import { checkAgainst, expectedOf } from "../harness/gradients.js";
import { randomValues, type Values } from "../harness/numeric.js";
import { eagerForward, fitting, forward, inOneRow } from "../harness/operators.js";
import { testedLibraries } from "./backends.js";
import { ReferenceContext } from "./reference-context.js";
import { type Case, cases } from "./vision-cases.js";

/** A case with its numbers and what should come of them, worked out once for all libraries. */
function prepared(operator: string, one: Case) {
  const shapes = one.inputs.map((shape) => shape.slice(1));
  const { output, outputs = [output], tensors } = fitting(operator, shapes, one.args);
  const trained = tensors.filter((spec) => spec.trainable);
  const names = trained.map((spec) => spec.name);
  const count = one.inputs.length;
  const values = [
    ...one.inputs.map((shape, i) => randomValues(shape, 20 + i, ...(one.range ?? [-1, 1]))),
    ...trained.map((spec, i) => randomValues(spec.shape, 40 + i)),
  ];
  const reference = (values: readonly Values[]): Values => {
    const own = new Map(names.map((name, i) => [name, values[count + i] as Values]));
    // Dropout and what belongs to sequences have tests of their own.
    const context = new ReferenceContext(own) as unknown as ForwardContext<Values>;
    const streams = forward(context, operator, one.args ?? {}, values.slice(0, count), shapes);
    expect(streams.map((y) => y.shape.slice(1))).toEqual(outputs);
    const data = Float64Array.from(streams.flatMap((y) => [...y.data]));
    return { shape: [data.length], data };
  };
  const operation = (values: readonly Tensor[]): Tensor => {
    const own = new Map(names.map((name, i) => [name, values[count + i] as Tensor]));
    const streams = eagerForward(operator, one.args ?? {}, values.slice(0, count), { tensors: own });
    return inOneRow(streams);
  };
  return { operation, expected: expectedOf(reference, values), values };
}

const preparations = new Map<Case, ReturnType<typeof prepared>>();

describe.each(testedLibraries)("vision operators on %s", (library) => {
  beforeAll(async () => {
    await loadLibrary(library);
    await setBackend(library);
  });

  const flat = Object.entries(cases).flatMap(([operator, list]) =>
    list.map((one) => [operator, one.name, one] as const),
  );
  it.each(flat)("%s: %s", (operator, _, one) => {
    const ready = preparations.get(one) ?? prepared(operator, one);
    preparations.set(one, ready);
    checkAgainst(ready.operation, ready.expected, ready.values);
  });
});

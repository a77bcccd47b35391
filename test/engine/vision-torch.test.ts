import { setBackend, type Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { loadLibrary } from "../../src/engine/libraries.js";
import { tolerance, valueAndGradients } from "../harness/gradients.js";
import { expectClose } from "../harness/numeric.js";
import { eagerForward, inOneRow } from "../harness/operators.js";
import { testedLibraries } from "./backends.js";
import { type OperatorCase, read, readInOneRow, visionReference } from "./torch-reference.js";

/** What PyTorch gives for the same inputs: values and gradients, on every library. */
describe.each(testedLibraries)("vision operators on %s against PyTorch", (library) => {
  beforeAll(async () => {
    await loadLibrary(library);
    await setBackend(library);
  });

  const cases = visionReference().map((one) => [`${one.operator} ${one.title}`, one] as const);
  it.each(cases)("%s", (_, one: OperatorCase) => {
    const names = Object.keys(one.tensors);
    const count = one.inputs.length;
    let shapes: readonly (readonly number[])[] = [];
    const { value, gradients } = valueAndGradients(
      (values) => {
        const tensors = new Map(names.map((name, i) => [name, values[count + i] as Tensor]));
        const outputs = eagerForward(one.operator, one.args, values.slice(0, count), { tensors });
        shapes = outputs.map((output) => output.shape);
        return inOneRow(outputs);
      },
      [...one.inputs, ...Object.values(one.tensors)].map(read),
      readInOneRow(one.upstream),
    );
    expect(shapes).toEqual(one.outputs.map((output) => output.shape));
    expectClose(value.data, readInOneRow(one.outputs).data, tolerance, "value");
    const expected = [
      ...one.inputGradients.map((gradient, i) => [`input ${i}`, gradient, gradients[i]] as const),
      ...Object.entries(one.tensorGradients).map(
        ([name, gradient]) => [name, gradient, gradients[count + names.indexOf(name)]] as const,
      ),
    ];
    expect(expected.length).toBe(count + names.length);
    for (const [what, gradient, found] of expected) {
      expectClose(found?.data ?? [], gradient.data, tolerance, `gradient of ${what}`);
    }
  });
});

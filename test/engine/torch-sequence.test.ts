import {
  engine,
  setBackend,
  type Tensor,
  type Tensor2D,
  tensor,
  tensor1d,
  tidy,
} from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { loadLibrary } from "../../src/engine/libraries.js";
import { lossFor } from "../../src/engine/losses/index.js";
import { optimizerFor } from "../../src/engine/optimizers/index.js";
import { expectClose } from "../harness/numeric.js";
import { asTensor, runOperator } from "../harness/run-operator.js";
import { testedLibraries } from "./backends.js";
import { read, sequenceReference, type WrittenTensor } from "./torch-reference.js";

const tolerance = 1e-5;
const { sequenceOperators, losses, optimizers } = sequenceReference();

describe.each(testedLibraries)("as PyTorch, on %s", (library) => {
  beforeAll(async () => {
    expect(await loadLibrary(library)).not.toHaveProperty("reason");
    await setBackend(library);
  });

  it.each(sequenceOperators.map((one) => [`${one.operator}: ${one.title}`, one] as const))("%s", (_, one) => {
    const [upstream] = one.upstream as [WrittenTensor];
    const result = runOperator({
      operator: one.operator,
      args: one.args,
      inputs: one.inputs.map(read),
      tensors: Object.fromEntries(Object.entries(one.tensors).map(([name, value]) => [name, read(value)])),
      upstream: read(upstream),
      // An operator without input says nothing of them.
      samples: one.outputs[0]?.shape[0] ?? 1,
      ...(one.lengths === undefined ? {} : { lengths: one.lengths }),
    });
    expect(result.output.shape).toEqual(one.outputs[0]?.shape);
    expectClose(result.output.data, one.outputs[0]?.data ?? [], tolerance, "output");
    one.inputGradients.forEach((expected, i) => {
      expectClose(result.inputGradients[i]?.data ?? [], expected.data, tolerance, `gradient of input ${i}`);
    });
    for (const [name, expected] of Object.entries(one.tensorGradients))
      expectClose(result.tensorGradients[name]?.data ?? [], expected.data, tolerance, `gradient of ${name}`);
  });

  it.each(losses.map((one) => [one.title, one] as const))("loss: %s", (_, one) => {
    tidy(() => {
      const rule = lossFor(one.program);
      const outputs = asTensor(read(one.outputs)) as Tensor2D;
      const labels = Int32Array.from(one.labels);
      const targets = one.targets === null ? null : (asTensor(read(one.targets)) as Tensor2D);
      const weight = rule.weight(labels, outputs.shape[0]);
      const truth = { labels: tensor1d(labels, "int32"), targets };
      const { value, grads } = engine().gradients(
        () => rule.sum(outputs, truth),
        [outputs],
        tensor(1 / weight, []),
        true,
      );
      expectClose([(value.dataSync()[0] as number) / weight], one.loss.data, tolerance, "loss");
      expectClose(grads[0]?.dataSync() ?? [], one.gradient.data, tolerance, "gradient");
    });
  });

  it.each(optimizers.map((one) => [one.title, one] as const))("optimizer: %s", (_, one) => {
    tidy(() => {
      const rule = optimizerFor(one.program);
      const weights = one.start.map((start) => asTensor(read(start)));
      const slots: Tensor[][] = one.start.map(({ shape }) =>
        rule.slots.map(() => tensor(new Float32Array(size(shape)).fill(rule.start ?? 0), [...shape])),
      );
      one.rates.forEach((row, step) => {
        row.forEach((rate, i) => {
          const gradient = asTensor(read(one.gradients[step]?.[i] as WrittenTensor));
          const weight = weights[i] as Tensor;
          const update = rule.update({ weight, gradient, slots: slots[i] ?? [], rate, step: step + 1 });
          expect(update.slots).toHaveLength(rule.slots.length);
          slots[i] = [...update.slots];
          weights[i] = engine().runKernel("Sub", { a: weight, b: update.change }) as Tensor;
        });
      });
      one.weights.forEach((expected, i) => {
        expectClose(weights[i]?.dataSync() ?? [], expected.data, tolerance, `tensor ${i}`);
      });
    });
  });
});

function size(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

import { engine, setBackend, type Tensor2D, tensor, tensor1d, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { loadLibrary } from "../../src/engine/libraries.js";
import { lossFor } from "../../src/engine/losses/index.js";
import { losses } from "../../src/language/losses/index.js";
import { operators } from "../../src/language/operators/index.js";
import { optimizers } from "../../src/language/optimizers/index.js";
import type { LossProgram } from "../../src/program/types.js";
import { centralDifferences, expectClose } from "../harness/numeric.js";
import { asTensor } from "../harness/run-operator.js";
import { testedLibraries } from "./backends.js";
import { type LossCase, read, sequenceReference, visionReference } from "./torch-reference.js";

const reference = sequenceReference();

/** The formulas in double precision, number by number: the mean over a batch of outputs in rows of `width`. */
function formula(program: LossProgram, one: LossCase, outputs: Float64Array): number {
  const width = one.outputs.shape[1] ?? 1;
  const rows = Array.from({ length: outputs.length / width }, (_, i) =>
    Array.from(outputs.subarray(i * width, (i + 1) * width)),
  );
  const labels = one.labels;
  const mean = (values: readonly number[], weight = values.length) =>
    values.reduce((sum, value) => sum + value, 0) / weight;
  const errors = () => Array.from(outputs, (value, i) => value - (one.targets?.data[i] ?? 0));
  switch (program.kind) {
    case "cross_entropy": {
      const weights = program.weights ?? Array<number>(width).fill(1);
      const each = rows.map((row, i) => {
        const logs = logSoftmax(row);
        const own = -(weights[labels[i] ?? 0] ?? 1) * (logs[labels[i] ?? 0] ?? 0);
        const all = -mean(logs.map((log, k) => log * (weights[k] ?? 1)));
        return (1 - program.smoothing) * own + program.smoothing * all;
      });
      return mean(each, mean(labels.map((label) => weights[label] ?? 1)) * labels.length);
    }
    case "focal":
      return mean(
        rows.map((row, i) => {
          const logs = logSoftmax(row);
          // 1 - p as the sum of the others: exact where p is almost 1.
          const rest = logs.reduce((sum, log, k) => (k === labels[i] ? sum : sum + Math.exp(log)), 0);
          const alpha = program.alpha?.[labels[i] ?? 0] ?? 1;
          return -alpha * rest ** program.gamma * (logs[labels[i] ?? 0] ?? 0);
        }),
      );
    case "bce":
      return mean(
        rows.flatMap((row, i) =>
          row.map((logit, k) => softplus(logit) - ((width === 1 ? 1 : k) === labels[i] ? logit : 0)),
        ),
      );
    case "mse":
      return mean(errors().map((error) => error * error));
    case "mae":
      return mean(errors().map(Math.abs));
    case "huber":
      return mean(errors().map((error) => bent(error, program.delta)));
    case "smooth_l1":
      return mean(errors().map((error) => bent(error, program.beta) / program.beta));
    case "detection":
      throw new Error("not trained with yet");
  }
}

function logSoftmax(row: readonly number[]): number[] {
  const largest = Math.max(...row);
  const total = Math.log(row.reduce((sum, value) => sum + Math.exp(value - largest), 0)) + largest;
  return row.map((value) => value - total);
}

function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

function bent(error: number, from: number): number {
  const size = Math.abs(error);
  return size <= from ? (size * size) / 2 : from * (size - from / 2);
}

describe.each(testedLibraries)("losses against their formulas and finite differences, on %s", (library) => {
  beforeAll(async () => {
    await loadLibrary(library);
    await setBackend(library);
  });

  it.each(reference.losses.map((one) => [one.title, one] as const))("%s", (_, one) => {
    const outputs = read(one.outputs);
    const expected = formula(one.program, one, outputs.data);
    const slopes = centralDifferences((data) => formula(one.program, one, data), outputs.data);
    tidy(() => {
      const rule = lossFor(one.program);
      const labels = Int32Array.from(one.labels);
      const targets = one.targets === null ? null : (asTensor(read(one.targets)) as Tensor2D);
      const weight = rule.weight(labels, outputs.shape[0] ?? 1);
      const given = asTensor(outputs) as Tensor2D;
      const truth = { labels: tensor1d(labels, "int32"), targets };
      const { value, grads } = engine().gradients(
        () => rule.sum(given, truth),
        [given],
        tensor(1 / weight, []),
        true,
      );
      expectClose([(value.dataSync()[0] ?? 0) / weight], [expected], 1e-5, "loss");
      expectClose(grads[0]?.dataSync() ?? [], slopes, 1e-5, "gradient");
    });
  });
});

/** What only chance decides has nothing to be compared with: its masks have tests of their own. */
const drawn = ["dropout", "drop_path"];

describe("PyTorch has been asked about", () => {
  it("every operator", () => {
    const tried = [...visionReference(), ...reference.sequenceOperators].map(({ operator }) => operator);
    expect([...new Set([...tried, ...drawn])].sort()).toEqual([...operators.keys()].sort());
  });

  it("every loss that can be trained with", () => {
    const tried = new Set(reference.losses.map(({ program }) => program.kind));
    expect([...tried, "detection"].sort()).toEqual([...losses.keys()].sort());
  });

  it("every optimizer", () => {
    const tried = new Set(reference.optimizers.map(({ program }) => program.kind));
    expect([...tried].sort()).toEqual([...optimizers.keys()].sort());
  });
});

import { describe, expect, it } from "vitest";
import { addMetricSums, metricValues, type Predictions, wholeSplitValues } from "../../src/engine/index.js";
import { metricSums } from "../../src/engine/metrics/index.js";
import { metrics } from "../../src/language/metrics/index.js";
import type { MetricProgram } from "../../src/program/types.js";
import { metricReference } from "./torch-reference.js";

function classes(rows: readonly (readonly number[])[], labels: readonly number[]): Predictions {
  return {
    samples: rows.length,
    outputs: Float32Array.from(rows.flat()),
    width: rows[0]?.length ?? 0,
    labels: Int32Array.from(labels),
    targets: new Float32Array(0),
  };
}

function numbers(outputs: readonly number[], targets: readonly number[], width = 1): Predictions {
  const samples = outputs.length / width;
  return {
    samples,
    outputs: Float32Array.from(outputs),
    width,
    labels: new Int32Array(0),
    targets: Float32Array.from(targets),
  };
}

/** The values of the metrics, the batches measured one after another. */
function measured(metrics: readonly MetricProgram[], ...batches: Predictions[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const batch of batches) addMetricSums(sums, metricSums(metrics, batch));
  return metricValues(
    sums,
    batches.reduce((total, batch) => total + batch.samples, 0),
  );
}

const accuracy: MetricProgram = { kind: "accuracy", name: "accuracy" };
const top = (k: number): MetricProgram => ({ kind: "top", name: `top(${k})`, k });
const of = (kind: "precision" | "recall" | "f1" | "auc"): MetricProgram => ({ kind, name: kind });

describe("accuracy and top(k)", () => {
  it("counts a label by the outputs strictly above it", () => {
    const batch = classes(
      [
        [1, 2, 3],
        [2, 2, 1],
        [0, 0, 0],
      ],
      [0, 1, 2],
    );
    expect(measured([accuracy, top(2), top(3)], batch)).toEqual({
      accuracy: 2 / 3,
      "top(2)": 2 / 3,
      "top(3)": 1,
    });
  });

  it("counts nothing where an output is no number", () => {
    const batch = classes([[Number.NaN, 1, 2]], [2]);
    expect(measured([accuracy, top(3)], batch)).toEqual({ accuracy: 0, "top(3)": 0 });
  });

  it("takes a single output as the logit of class 1", () => {
    const batch = classes([[2], [-1], [3], [-2]], [1, 1, 0, 0]);
    expect(measured([accuracy], batch)).toEqual({ accuracy: 0.5 });
  });
});

describe("precision, recall and f1", () => {
  // Predicted 0 0 1 2 1 0, true 0 1 1 2 2 0: worked out by hand from the confusion matrix.
  const rows = [0, 0, 1, 2, 1, 0].map((k) => [0, 1, 2, 3].map((i) => (i === k ? 1 : 0)));
  const labels = [0, 1, 1, 2, 2, 0];
  const expected = {
    precision: (2 / 3 + 1 / 2 + 1) / 3,
    recall: (1 + 1 / 2 + 1 / 2) / 3,
    f1: (4 / 5 + 2 / 4 + 2 / 3) / 3,
  };
  const metrics = [of("precision"), of("recall"), of("f1")];

  it("are means over the classes that occur", () => {
    const values = measured(metrics, classes(rows, labels));
    for (const [name, value] of Object.entries(expected)) expect(values[name]).toBeCloseTo(value, 12);
  });

  it("do not depend on how samples are cut into batches", () => {
    const parts = [0, 1, 3].map((start, i, starts) =>
      classes(rows.slice(start, starts[i + 1]), labels.slice(start, starts[i + 1])),
    );
    const values = measured(metrics, ...parts);
    for (const [name, value] of Object.entries(expected)) expect(values[name]).toBeCloseTo(value, 12);
  });

  it("are 0 for a class that is never taken, and never has samples", () => {
    expect(measured(metrics, classes([[1, 0]], [1]))).toEqual({ precision: 0, recall: 0, f1: 0 });
  });
});

describe("area under the curve", () => {
  it("is the share of pairs in the right order, ties counting half", () => {
    const scores = [0.1, 0.4, 0.4, 0.35, 0.8, 0.4];
    const labels = [0, 0, 1, 1, 1, 0];
    let right = 0;
    for (const [i, a] of scores.entries())
      for (const [j, b] of scores.entries())
        if (labels[i] === 1 && labels[j] === 0) right += a > b ? 1 : a === b ? 0.5 : 0;
    const logits = scores.map((score) => [Math.log(score / (1 - score))]);
    expect(wholeSplitValues([of("auc")], classes(logits, labels)).auc).toBeCloseTo(right / 9, 12);
    const pairs = scores.map((score) => [Math.log(1 - score), Math.log(score)]);
    expect(wholeSplitValues([of("auc")], classes(pairs, labels)).auc).toBeCloseTo(right / 9, 12);
  });

  it("is the mean of one against the rest over the classes that occur", () => {
    const perfect = [0, 1, 2, 0].map((k) => [0, 1, 2, 3].map((i) => (i === k ? 2 : 0)));
    expect(wholeSplitValues([of("auc")], classes(perfect, [0, 1, 2, 0])).auc).toBe(1);
    const blind = perfect.map(() => [0, 0, 0, 0]);
    expect(wholeSplitValues([of("auc")], classes(blind, [0, 1, 2, 0])).auc).toBe(0.5);
  });

  it("has no sums over batches", () => {
    expect(metricSums([of("auc")], classes([[1, 0]], [0]))).toEqual({});
  });
});

describe("errors of numbers", () => {
  const metrics: readonly MetricProgram[] = [
    { kind: "mae", name: "mae" },
    { kind: "rmse", name: "rmse" },
  ];

  it("are means over samples, whatever the batches", () => {
    const values = measured(metrics, numbers([1, 2, 4], [1, 4, 1]), numbers([0], [-2]));
    expect(values.mae).toBeCloseTo(7 / 4, 6);
    expect(values.rmse).toBeCloseTo(Math.sqrt(17 / 4), 6);
  });

  it("are means over the numbers of a sample", () => {
    expect(measured(metrics, numbers([1, 2, 3, 4], [0, 0, 3, 1], 2)).mae).toBeCloseTo(6 / 4, 6);
  });
});

describe("as PyTorch has it from the same outputs", () => {
  it.each(metricReference().map((one) => [one.title, one] as const))("%s", (_, one) => {
    const [samples = 0, width = 1] = one.outputs.shape;
    const wanted = Object.keys(one.values).map((name): MetricProgram => {
      const k = /^top\((\d)\)$/.exec(name)?.[1];
      return k === undefined ? ({ kind: name, name } as MetricProgram) : { kind: "top", name, k: Number(k) };
    });
    const of = (from: number, to: number): Predictions => ({
      samples: to - from,
      outputs: Float32Array.from(one.outputs.data.slice(from * width, to * width)),
      width,
      labels: Int32Array.from(one.labels.slice(from, to)),
      targets: Float32Array.from(one.targets?.data.slice(from * width, to * width) ?? []),
    });
    const values = {
      ...measured(wanted, of(0, 5), of(5, samples)),
      ...wholeSplitValues(wanted, of(0, samples)),
    };
    expect(Object.keys(values).sort()).toEqual(Object.keys(one.values).sort());
    for (const [name, value] of Object.entries(one.values)) expect(values[name], name).toBeCloseTo(value, 6);
  });

  it("of every metric there is but map, which is not measured yet", () => {
    const tried = new Set(metricReference().flatMap(({ values }) => Object.keys(values)));
    const names = new Set([...tried].map((name) => name.replace(/\(.*/, "")));
    expect([...names, "map"].sort()).toEqual([...metrics.keys()].sort());
  });
});

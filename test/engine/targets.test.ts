import { describe, expect, it } from "vitest";
import type { Batch } from "../../src/engine/index.js";
import type { TrainingProgram } from "../../src/program/types.js";
import { randomValues } from "../harness/numeric.js";
import { type ProgramSketch, programOf } from "../harness/program.js";
import { testedLibraries } from "./backends.js";
import { load, rows } from "./fixtures.js";

/** Whole programs over tokens, over numbers to be met, and with losses and metrics beyond the plain ones. */

const length = 6;

function textProgram(sketch: Partial<ProgramSketch> = {}): TrainingProgram {
  return programOf({
    input: [length],
    layers: [
      { operator: "embedding", address: "words", args: { vocabulary: 9, width: 4 } },
      { operator: "learned_positions", address: "places" },
      { operator: "attention", address: "attend", args: { heads: 2 } },
      { operator: "lstm", address: "state", args: { units: 5, bidirectional: true } },
      { operator: "dense", address: "head", args: { units: 3 } },
    ],
    ...sketch,
  });
}

/** Texts of random words; `padding` stands behind their ends. */
function textBatch(lengths: readonly number[], padding: number, seed = 1): Batch {
  const words = randomValues([lengths.length, length], seed, 0, 8).data.map(Math.round);
  lengths.forEach((filled, sample) => {
    words.fill(padding, sample * length + filled, (sample + 1) * length);
  });
  const input = {
    shape: [lengths.length, length],
    values: Float32Array.from(words),
    lengths: Int32Array.from(lengths),
  };
  return {
    size: lengths.length,
    inputs: new Map([["image", input]]),
    labels: Int32Array.from(lengths, (_, i) => i % 3),
  };
}

describe.each(testedLibraries)("programs on %s", (library) => {
  it("what stands behind the end of a text does not matter", async () => {
    const program = textProgram();
    const executor = await load(program, library);
    const lengths = [6, 1, 3, 4];
    const [zeros, eights] = [textBatch(lengths, 0), textBatch(lengths, 8)];
    expect(await executor.predict(zeros)).toEqual(await executor.predict(eights));
    const outcomes = [];
    for (const batch of [zeros, eights]) {
      const fresh = await load(program, library);
      fresh.writePlan(0, rows(1, 0.1, 0.1, 0.1, 0.1, 0.1));
      outcomes.push((await fresh.step(batch)).loss, (await fresh.read(["words.weight"])).get("words.weight"));
    }
    // Equal weights too: a padded place sends nothing back to the word that fills it.
    expect(outcomes.slice(0, 2)).toEqual(outcomes.slice(2));
  });

  it("lengths make a difference", async () => {
    const executor = await load(textProgram(), library);
    const [full, short] = [textBatch([6, 6], 0), textBatch([6, 6], 0)];
    const input = short.inputs.get("image");
    if (input === undefined) throw new Error("no input");
    const cut = { ...short, inputs: new Map([["image", { ...input, lengths: Int32Array.of(6, 2) }]]) };
    const [whole, part] = [await executor.predict(full), await executor.predict(cut)];
    expect(part.slice(0, 3)).toEqual(whole.slice(0, 3));
    expect(part.slice(3)).not.toEqual(whole.slice(3));
  });

  it("learns to tell texts apart, without leaking tensors", async () => {
    const optimizer = {
      kind: "adam",
      rate: 0.03,
      beta1: 0.9,
      beta2: 0.999,
      eps: 1e-8,
      weightDecay: 0,
    } as const;
    const executor = await load(textProgram({ optimizer }), library, 3);
    executor.writePlan(0, rows(30, 0.03, 0.03, 0.03, 0.03, 0.03));
    const batch = textBatch([6, 4, 5, 3, 2, 6], 0, 7);
    const first = await executor.step(batch);
    await executor.step(batch);
    const tensors = executor.tensorCount();
    let last = first;
    for (let i = 2; i < 30; i++) last = await executor.step(batch);
    expect(executor.tensorCount()).toBe(tensors);
    expect(last.loss).toBeLessThan(0.1 * first.loss);
    expect(last.metricSums.accuracy).toBe(6);
  });

  it("meets numbers: loss and errors of a regression are what they are by hand", async () => {
    const program = programOf({
      input: [2],
      layers: [{ operator: "dense", address: "head", args: { units: 1 } }],
      loss: { kind: "smooth_l1", beta: 1 },
      metrics: [
        { kind: "mae", name: "mae" },
        { kind: "rmse", name: "rmse" },
      ],
    });
    const executor = await load(program, library);
    await executor.write(
      new Map([
        ["head.weight", { shape: [2, 1], values: Float32Array.of(1, 2) }],
        ["head.bias", { shape: [1], values: Float32Array.of(0.5) }],
      ]),
    );
    // Outputs 5.5, 0.5, −0.5; errors 0.5, −2, 0.
    const batch: Batch = {
      size: 3,
      inputs: new Map([["image", { shape: [3, 2], values: Float32Array.of(1, 2, 0, 0, 1, -1) }]]),
      labels: new Int32Array(0),
      targets: Float32Array.of(5, 2.5, -0.5),
    };
    const outcome = await executor.evaluate(batch);
    expect(outcome.lossSum).toBeCloseTo(0.125 + 1.5 + 0, 6);
    expect(outcome.metricSums).toEqual({ mae: 2.5, "rmse|squares": 4.25 });
    executor.writePlan(0, rows(1, 0.3));
    const step = await executor.step(batch);
    expect(step.loss).toBeCloseTo(1.625 / 3, 6);
    // The slopes are 0.5, −1 and 0: the bias moves by 0.3 · 0.5 / 3.
    const bias = (await executor.read(["head.bias"])).get("head.bias")?.values[0];
    expect(bias).toBeCloseTo(0.5 + 0.05, 6);
  });

  it("class weights make the mean a weighted one", async () => {
    const sketch = { input: [2], layers: [{ operator: "dense", address: "head", args: { units: 2 } }] };
    const weights = [1, 3];
    const batch: Batch = {
      size: 3,
      inputs: new Map([["image", { shape: [3, 2], values: Float32Array.of(1, 2, 0, 1, 1, -1) }]]),
      labels: Int32Array.of(0, 1, 1),
    };
    const plain = await load(programOf(sketch), library);
    const weighted = await load(
      programOf({ ...sketch, loss: { kind: "cross_entropy", smoothing: 0, weights } }),
      library,
    );
    const single = (sample: number): Batch => ({
      size: 1,
      inputs: new Map([
        [
          "image",
          {
            shape: [1, 2],
            values: (batch.inputs.get("image")?.values ?? new Float32Array()).slice(
              2 * sample,
              2 * sample + 2,
            ),
          },
        ],
      ]),
      labels: batch.labels.slice(sample, sample + 1),
    });
    const losses: number[] = [];
    for (const sample of [0, 1, 2]) losses.push((await plain.evaluate(single(sample))).lossSum);
    const expected = losses.reduce((sum, loss, i) => sum + loss * (weights[batch.labels[i] ?? 0] ?? 0), 0);
    const outcome = await weighted.evaluate(batch);
    expect(outcome.lossSum).toBeCloseTo(expected, 5);
    expect(outcome.lossWeight).toBe(7);
    weighted.writePlan(0, rows(1, 0));
    expect((await weighted.step(batch)).loss).toBeCloseTo(expected / 7, 5);
  });

  it("gives its outputs where a metric needs those of a whole split", async () => {
    const metrics = [{ kind: "auc", name: "auc" }] as const;
    const executor = await load(textProgram({ metrics }), library);
    const batch = textBatch([6, 2], 0);
    const outcome = await executor.evaluate(batch);
    expect(outcome.metricSums).toEqual({});
    expect(outcome.outputs).toEqual(await executor.predict(batch));
    expect((await (await load(textProgram(), library)).evaluate(batch)).outputs).toBeUndefined();
  });

  it("a parameter without input reaches the head", async () => {
    const program = programOf({
      input: [2, 2, 3],
      layers: [
        { operator: "tokens", address: "places" },
        { operator: "parameter", address: "cls", inputs: [], args: { sizes: [3] } },
        { operator: "prepend", address: "join", inputs: ["places", "cls"] },
        { operator: "gru", address: "state", args: { units: 2 } },
      ],
    });
    const executor = await load(program, library);
    executor.writePlan(0, rows(1, 0.1, 0.1));
    const values = Float32Array.from(randomValues([2, 2, 2, 3], 3).data);
    const batch = {
      size: 2,
      inputs: new Map([["image", { shape: [2, 2, 2, 3], values }]]),
      labels: Int32Array.of(0, 1),
    };
    const before = (await executor.read(["cls.weight"])).get("cls.weight")?.values;
    await executor.step(batch);
    expect((await executor.read(["cls.weight"])).get("cls.weight")?.values).not.toEqual(before);
  });
});

import { describe, expect, it } from "vitest";
import type { Batch, Executor } from "../../src/engine/index.js";
import { expectClose, type Values } from "../harness/numeric.js";
import { programOf } from "../harness/program.js";
import { testedLibraries } from "./backends.js";
import { batchOf, input, layers, load, net, rows } from "./fixtures.js";
import * as reference from "./reference.js";

async function train(executor: Executor, from: number, to: number): Promise<void> {
  for (let step = from; step < to; step++) await executor.step(batchOf(input, 5, 4, step));
}

const asPlain = async (executor: Executor) =>
  [...(await executor.read())].map(([name, { shape, values }]) => [name, shape, [...values]]);

describe.each(testedLibraries)("the eager executor on %s", (backend) => {
  it("gives the same bits for the same seed, others for another", async () => {
    const runs = [];
    for (const seed of [1, 1, 2]) {
      const executor = await load(net, backend, seed);
      executor.writePlan(0, rows(5, 0.1, 0.05, 0.02, 0.01));
      await train(executor, 0, 5);
      runs.push(await asPlain(executor));
    }
    expect(runs[1]).toEqual(runs[0]);
    expect(runs[2]).not.toEqual(runs[0]);
  });

  it("continues bit for bit from what was read", async () => {
    const straight = await load(net, backend);
    straight.writePlan(0, rows(6, 0.1, 0.05, 0.02, 0.01));
    await train(straight, 0, 3);
    const checkpoint = await straight.read();
    await train(straight, 3, 6);

    const resumed = await load(net, backend, 1);
    await resumed.write(checkpoint);
    resumed.stepsDone = 3;
    resumed.writePlan(3, rows(3, 0.1, 0.05, 0.02, 0.01));
    await train(resumed, 3, 6);
    expect(await asPlain(resumed)).toEqual(await asPlain(straight));
  });

  it("hands out copies and takes copies", async () => {
    const executor = await load(net, backend);
    const name = "dense6.weight";
    const first = (await executor.read([name])).get(name);
    const before = [...(first?.values ?? [])];
    first?.values.fill(7);
    expect([...((await executor.read([name])).get(name)?.values ?? [])]).toEqual(before);
    const given = { shape: first?.shape ?? [], values: new Float32Array(before.length).fill(2) };
    await executor.write(new Map([[name, given]]));
    given.values.fill(3);
    expect([...((await executor.read([name])).get(name)?.values ?? [])]).toEqual(before.map(() => 2));
  });

  it("consumes the planned rates bit for bit; a level at rate 0 keeps its weights", async () => {
    const executor = await load(net, backend);
    const rates = rows(3, 0.1, 0, 1e-7, 1 / 3);
    executor.writePlan(10, rates);
    executor.stepsDone = 10;
    const before = await executor.read();
    for (const row of rates) {
      const outcome = await executor.step(batchOf(input, 5, 4, 1));
      expect(new Uint32Array(outcome.applied.buffer)).toEqual(new Uint32Array(row.buffer));
      expect(outcome.updateRatio[1]).toBe(0);
      expect(outcome.gradNorm[1]).toBeGreaterThan(0);
    }
    expect(executor.stepsDone).toBe(13);
    const after = await executor.read();
    const changed = [...before]
      .filter(([name, { values }]) => values.some((value, i) => value !== after.get(name)?.values[i]))
      .map(([name]) => name);
    expect(changed).toContain("conv2d1.weight");
    expect(changed).toContain("dense8.bias");
    expect(changed.filter((name) => /^batch_norm2\.(weight|bias)$/.test(name))).toEqual([]);
    // Its momentum goes on gathering, as that of any other level.
    expect(changed).toContain("batch_norm2.weight/momentum");
    await expect(executor.step(batchOf(input, 5, 4, 1))).rejects.toThrow(/outside of the plan window/);
  });

  it("keeps no tensor of a step, an evaluation or a prediction", async () => {
    const executor = await load(net, backend);
    executor.writePlan(0, rows(8, 0.1, 0.1, 0.1, 0.1));
    await train(executor, 0, 2);
    const count = executor.tensorCount();
    await train(executor, 2, 8);
    await executor.evaluate(batchOf(input, 3, 4, 1));
    await executor.predict(batchOf(input, 3, 4, 1));
    await executor.write(await executor.read());
    expect(executor.tensorCount()).toBe(count);
    executor.dispose();
    const other = await load(net, backend);
    expect(other.tensorCount()).toBe(count);
  });

  it("moves running statistics as PyTorch does, and evaluates with them", async () => {
    const program = programOf({
      input: [3, 3, 2],
      layers: [
        { operator: "batch_norm", address: "norm", args: { momentum: 0.8 } },
        { operator: "flatten" },
        { operator: "dense", address: "head", args: { units: 3 } },
      ],
    });
    const executor = await load(program, backend);
    // Too small to move a weight, but not 0: that would freeze the statistics too.
    executor.writePlan(0, rows(1, 1e-30, 1e-30));
    const batch = batchOf([3, 3, 2], 4, 3, 5);
    const image = batch.inputs.get("image");
    const x: Values = { shape: [4, 3, 3, 2], data: Float64Array.from(image?.values ?? []) };
    await executor.step(batch);

    const { mean, variance, count } = reference.channelMoments(x);
    const state = await executor.read();
    const runningMean = mean.map((value) => 0.2 * value);
    const runningVariance = variance.map((value) => 0.8 + (0.2 * value * count) / (count - 1));
    expectClose(state.get("norm.mean")?.values ?? [], runningMean, 1e-6, "running mean");
    expectClose(state.get("norm.variance")?.values ?? [], runningVariance, 1e-6, "running variance");

    const normal = x.data.map((value, i) => {
      const c = i % 2;
      return (value - (runningMean[c] as number)) / Math.sqrt((runningVariance[c] as number) + 1e-5);
    });
    const weight = state.get("head.weight");
    const expected = reference.linear(
      { shape: [4, 18], data: normal },
      { shape: [18, 3], data: Float64Array.from(weight?.values ?? []) },
      null,
    );
    expectClose(await executor.predict(batch), expected.data, 1e-5, "logits");
    const evaluation = await executor.evaluate(batch);
    expectClose(
      [evaluation.lossSum],
      [reference.crossEntropySum(expected, batch.labels)],
      1e-5,
      "sum of losses",
    );
    expect((await executor.read(["norm.mean"])).get("norm.mean")).toEqual(state.get("norm.mean"));
  });

  it("counts top(k) hits, ties in favour of the label", async () => {
    const program = programOf({
      input: [3],
      layers: [{ operator: "dense", address: "head", args: { units: 3, bias: false } }],
      metrics: [
        { kind: "accuracy", name: "accuracy" },
        { kind: "top", name: "top(2)", k: 2 },
      ],
    });
    const executor = await load(program, backend);
    const identity = Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
    await executor.write(new Map([["head.weight", { shape: [3, 3], values: identity }]]));
    const values = Float32Array.of(3, 2, 1, 1, 1, 0, 0, 1, 2, 5, 4, 4);
    const batch: Batch = {
      size: 4,
      inputs: new Map([["image", { shape: [4, 3], values }]]),
      labels: Int32Array.of(0, 1, 0, 2),
    };
    const { metricSums, samples } = await executor.evaluate(batch);
    expect(metricSums).toEqual({ accuracy: 2, "top(2)": 3 });
    expect(samples).toBe(4);
  });

  it("gives a loss that is no number back as it is", async () => {
    const program = programOf({ input: [2], layers: [{ operator: "dense", args: { units: 2 } }] });
    const executor = await load(program, backend);
    executor.writePlan(0, rows(1, 0.1));
    const values = Float32Array.of(Number.NaN, 1, 0, 1);
    const outcome = await executor.step({
      size: 2,
      inputs: new Map([["image", { shape: [2, 2], values }]]),
      labels: Int32Array.of(0, 1),
    });
    expect(outcome.loss).toBeNaN();
    expect(outcome.metricSums.accuracy).toBeLessThanOrEqual(1);
    const weight = (await executor.read(["dense1.weight"])).get("dense1.weight");
    expect(weight?.values.some(Number.isNaN)).toBe(true);
  });

  it("keeps a frozen level's weights even where its gradient is no number", async () => {
    const program = programOf({ input: [2], layers: [{ operator: "dense", args: { units: 2 } }] });
    const executor = await load(program, backend);
    executor.writePlan(0, rows(1, 0));
    const before = (await executor.read(["dense1.weight"])).get("dense1.weight");
    const values = Float32Array.of(Number.NaN, 1, 0, 1);
    const image = { shape: [2, 2], values };
    await executor.step({ size: 2, inputs: new Map([["image", image]]), labels: Int32Array.of(0, 1) });
    expect((await executor.read(["dense1.weight"])).get("dense1.weight")).toEqual(before);
  });

  it("drops values in training alone, by the step's own mask", async () => {
    const build = (rate: number) =>
      programOf({
        input: [6],
        layers: [
          { operator: "dropout", args: { rate } },
          { operator: "dense", address: "head", args: { units: 4 } },
        ],
      });
    const [dropping, plain] = [await load(build(0.5), backend), await load(build(0), backend)];
    const batch = batchOf([6], 8, 4, 1);
    expect(await dropping.predict(batch)).toEqual(await plain.predict(batch));
    expect(await dropping.evaluate(batch)).toEqual(await plain.evaluate(batch));
    const losses = new Set<number>();
    dropping.writePlan(0, rows(3, 0));
    plain.writePlan(0, rows(3, 0));
    for (let step = 0; step < 3; step++) losses.add((await dropping.step(batch)).loss);
    // Nothing is learned at rate 0: only the masks differ.
    expect(losses.size).toBe(3);
    dropping.stepsDone = 0;
    expect(losses).toContain((await dropping.step(batch)).loss);
    expect((await plain.step(batch)).loss).toBe((await plain.step(batch)).loss);
  });

  it("lowers the loss of a batch that it sees again and again", async () => {
    const program = programOf({
      input: [4],
      layers: [
        { operator: "dense", address: "left", args: { units: 3 } },
        { operator: "dense", address: "right", inputs: ["left"], args: { units: 3 } },
        { operator: "dense", address: "head", inputs: ["right"], args: { units: 3 } },
      ],
    });
    const executor = await load(program, backend);
    const batch = batchOf([4], 6, 3, 2);
    executor.writePlan(0, rows(40, 0.2, 0.2, 0.2));
    const first = await executor.evaluate(batch);
    for (let step = 0; step < 40; step++) await executor.step(batch);
    const last = await executor.evaluate(batch);
    expect(last.lossSum).toBeLessThan(first.lossSum * 0.9);
  });
});

describe("first weights", () => {
  it("depend on seed and address, not on the other layers", async () => {
    const small = await load(
      programOf({ input, layers: [...layers.slice(0, 1), ...layers.slice(4)] }),
      "cpu",
    );
    const large = await load(net, "cpu");
    const name = "conv2d1.weight";
    expect((await small.read([name])).get(name)).toEqual((await large.read([name])).get(name));
    const other = await load(net, "cpu", 2);
    expect((await other.read([name])).get(name)).not.toEqual((await large.read([name])).get(name));
  });

  it("follow the program's distribution", async () => {
    const program = programOf({
      input: [400],
      layers: [{ operator: "dense", address: "d", args: { units: 50 } }],
    });
    const executor = await load(program, "cpu");
    const values = (await executor.read(["d.weight"])).get("d.weight")?.values ?? new Float32Array();
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
    const variance = values.reduce((sum, v) => sum + v * v, 0) / values.length;
    // 20,000 draws: the mean's standard error is 0.0005, the variance's 1 %.
    expect(Math.abs(mean)).toBeLessThan(0.002);
    expect(Math.abs(variance / (2 / 400) - 1)).toBeLessThan(0.04);
    expect([...((await executor.read(["d.bias"])).get("d.bias")?.values ?? [])]).toEqual(Array(50).fill(0));
  });
});

describe("two executors of different libraries", () => {
  it("work side by side and agree", async () => {
    const [wasm, cpu] = [await load(net, "wasm"), await load(net, "cpu")];
    for (const executor of [wasm, cpu]) executor.writePlan(0, rows(3, 0.05, 0.05, 0.05, 0.05));
    for (let step = 0; step < 3; step++)
      for (const executor of [wasm, cpu]) await executor.step(batchOf(input, 5, 4, step));
    const [a, b] = [await wasm.read(), await cpu.read()];
    for (const [name, { values }] of a) expectClose(values, b.get(name)?.values ?? [], 1e-5, name);
  });
});

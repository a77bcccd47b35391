import { setBackend, tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { loadLibrary } from "../../src/engine/libraries.js";
import { batchNormFrozen } from "../../src/engine/ops/batch_norm.js";
import type { TrainingProgram } from "../../src/program/types.js";
import { checkGradients } from "../harness/gradients.js";
import { randomValues, type Values } from "../harness/numeric.js";
import { plainSgd, programOf } from "../harness/program.js";
import { testedLibraries } from "./backends.js";
import { batchOf, input, layers, load, net, rows } from "./fixtures.js";

describe.each(testedLibraries)("freezing and clipping on %s", (backend) => {
  beforeAll(async () => {
    await loadLibrary(backend);
    await setBackend(backend);
  });

  it("a frozen batch norm uses its running statistics, and passes exact gradients on", () => {
    const [mean, variance] = [
      [0.3, -0.2],
      [0.5, 2],
    ];
    checkGradients(
      ([x, weight, bias]) =>
        batchNormFrozen(
          x as never,
          weight as never,
          bias as never,
          { mean: tensor(mean as number[]), variance: tensor(variance as number[]) },
          1e-5,
        ),
      ([x, weight, bias]) => {
        const data = (x as Values).data.map((value, i) => {
          const c = i % 2;
          const normal = (value - (mean?.[c] ?? 0)) / Math.sqrt((variance?.[c] ?? 1) + 1e-5);
          return normal * ((weight as Values).data[c] as number) + ((bias as Values).data[c] as number);
        });
        return { shape: (x as Values).shape, data };
      },
      [randomValues([3, 2, 2, 2], 1), randomValues([2], 2), randomValues([2], 3)],
    );
  });

  it("keeps weights and statistics of a frozen level bit for bit, and trains the others", async () => {
    const executor = await load(net, backend);
    const before = await executor.read();
    // The second level is the batch norm.
    executor.writePlan(0, rows(2, 0.1, 0, 0.1, 0.1));
    await executor.step(batchOf(input, 5, 4, 1));
    await executor.step(batchOf(input, 5, 4, 2));
    const after = await executor.read();
    const moved = [...after].filter(
      ([name, { values }]) => values.join() !== before.get(name)?.values.join(),
    );
    const names = moved.map(([name]) => name).filter((name) => !name.includes("/"));
    expect(names.filter((name) => name.startsWith("batch_norm"))).toEqual([]);
    expect(names.filter((name) => name.startsWith("conv2d"))).toHaveLength(2);
    executor.writePlan(2, rows(1, 0.1, 0.1, 0.1, 0.1));
    await executor.step(batchOf(input, 5, 4, 3));
    const thawed = await executor.read(["batch_norm2.mean", "batch_norm2.weight"]);
    for (const [name, { values }] of thawed) expect(values.join()).not.toBe(before.get(name)?.values.join());
  });

  it("scales all gradients together down to a norm, and leaves small ones alone", async () => {
    const weights = async (clip: TrainingProgram["train"]["clip"]) => {
      const plain = programOf({ input, layers: layers.slice(0, 6), optimizer: plainSgd });
      const program = { ...plain, train: { ...plain.train, ...(clip === undefined ? {} : { clip }) } };
      const executor = await load(program, backend);
      const before = await executor.read();
      executor.writePlan(0, rows(1, 1, 1, 1));
      const { gradNorm } = await executor.step(batchOf(input, 5, 4, 1));
      const after = await executor.read();
      const trained = program.plan.levels.flatMap((level) => level.tensors);
      const changes = trained.flatMap((name) => {
        const old = before.get(name)?.values ?? new Float32Array();
        return [...(after.get(name)?.values ?? [])].map((value, i) => (old[i] as number) - value);
      });
      return { norm: Math.hypot(...changes), changes, gradNorm: Math.hypot(...gradNorm) };
    };
    const free = await weights(undefined);
    expect(free.norm).toBeCloseTo(free.gradNorm, 4);
    const limit = free.norm / 3;
    const bounded = await weights({ kind: "norm", limit });
    expect(bounded.norm).toBeCloseTo(limit, 4);
    // What is told of gradients is what they were.
    expect(bounded.gradNorm).toBeCloseTo(free.gradNorm, 5);
    expect((await weights({ kind: "norm", limit: free.norm * 2 })).norm).toBeCloseTo(free.norm, 5);
    const cut = await weights({ kind: "value", limit: 0.01 });
    // The change of a weight is read off float32 weights: their own rounding is in it.
    expect(Math.max(...cut.changes.map(Math.abs))).toBeLessThanOrEqual(0.01 + 1e-6);
    expect(cut.norm).toBeLessThan(free.norm);
  });
});

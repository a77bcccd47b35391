import { expect, it } from "vitest";
import type { Batch } from "../../src/engine/executor.js";
import { loadExecutor } from "../../src/engine/index.js";
import { collectBatches } from "../../src/train/batches.js";
import { train } from "../../src/train/loop.js";
import type { ExecutorLoader } from "../../src/train/run-program.js";
import { newRun, smallProgram, temporaryFolder, writeSmallFashion } from "./harness.js";

const data = writeSmallFashion(temporaryFolder(), { train: 60, test: 40 });
const program = smallProgram();

/** The real executor; what it is given is kept. */
function listening(steps: Batch[], evaluations: Batch[]): ExecutorLoader {
  return async (own, options) => {
    const executor = await loadExecutor(own, options);
    const step = executor.step.bind(executor);
    const evaluate = executor.evaluate.bind(executor);
    executor.step = async (batch) => {
      steps.push(structuredClone(batch));
      return await step(batch);
    };
    executor.evaluate = async (batch) => {
      evaluations.push(structuredClone(batch));
      return await evaluate(batch);
    };
    return executor;
  };
}

it("collects the very tensors that the trainer feeds, step by step, over the end of an epoch", async () => {
  const steps: Batch[] = [];
  const evaluations: Batch[] = [];
  const run = await newRun(temporaryFolder(), data, program, { steps: 10 });
  await train(run, { load: listening(steps, evaluations) });
  expect(steps).toHaveLength(10);

  const { seed } = run.record;
  const written = await collectBatches(program, { split: "train", count: 10, seed, folder: data });
  expect(written).toMatchObject({ batches: 10, samples: 8 * 7 + 4 + 2 * 8, stepsPerEpoch: 8 });
  expect(written.tensors.size).toBe(20);
  expectTensors(written.tensors, steps);

  const other = await collectBatches(program, { split: "train", count: 1, seed: seed + 1, folder: data });
  expect(other.tensors.get("000000/labels")?.values).not.toEqual(steps[0]?.labels);

  // The first evaluation of the run is of val: 20 samples in batches of 8.
  const val = await collectBatches(program, { split: "val", count: 9, seed, folder: data });
  expect(val).toMatchObject({ batches: 3, samples: 20 });
  expectTensors(val.tensors, evaluations.slice(0, 3));
});

function expectTensors(
  tensors: Awaited<ReturnType<typeof collectBatches>>["tensors"],
  batches: readonly Batch[],
): void {
  batches.forEach(({ inputs, labels }, i) => {
    const place = i.toString().padStart(6, "0");
    const image = inputs.get("image");
    expect(tensors.get(`${place}/inputs/image`)).toEqual({ shape: image?.shape, values: image?.values });
    expect(tensors.get(`${place}/labels`)).toEqual({ shape: [labels.length], values: labels });
  });
}

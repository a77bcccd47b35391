import { execFile } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import { InternalError } from "../../src/base/invariant.js";
import { LeracError } from "../../src/diagnostics/index.js";
import {
  type BackendName,
  type Executor,
  type ExecutorOptions,
  listBackends,
  loadExecutor,
  loadThreadExecutor,
  startExecutorThread,
} from "../../src/engine/index.js";
import { programOf } from "../harness/program.js";
import { testedLibraries } from "./backends.js";
import { batchOf, input, net, rows } from "./fixtures.js";

const root = join(import.meta.dirname, "../..");
const entry = join(root, "dist/src/engine/thread/executor-thread.js");
const hasOnnx = (await listBackends()).some(({ name, available }) => name === "onnx" && available);
const backends: readonly BackendName[] = [...testedLibraries, ...(hasOnnx ? (["onnx"] as const) : [])];

const live: Executor[] = [];
afterEach(() => {
  for (const executor of live.splice(0)) executor.dispose();
});

function threaded(program: typeof net, options: ExecutorOptions, thread = entry): Promise<Executor> {
  return loadThreadExecutor(program, options, startExecutorThread(options, thread));
}

/** The same executor twice: in this thread and in one of its own. */
async function both(program: typeof net, backend: (typeof backends)[number]) {
  const options = { backend, seed: 4, threads: 1 };
  const pair = [await loadExecutor(program, options), await threaded(program, options)];
  live.push(...pair);
  return pair;
}

describe("an executor in a thread of its own", () => {
  it.each(backends)("does on %s what it does in this one, to the last bit", async (backend) => {
    const outcomes = [];
    for (const executor of await both(net, backend)) {
      const said: unknown[] = [executor.info, executor.stepsDone];
      executor.writePlan(0, rows(3, 0.1, 0.05, 0.02, 0.01));
      for (let step = 0; step < 3; step++) said.push(await executor.step(batchOf(input, 4, 4, step)));
      said.push(executor.stepsDone, await executor.evaluate(batchOf(input, 3, 4, 9)));
      const tensors = await executor.read();
      said.push(tensors, await executor.read([...tensors.keys()].slice(0, 1)));
      // Back to other weights and an earlier step.
      const zeros = [...tensors].map(
        ([name, { shape, values }]) => [name, { shape, values: new Float32Array(values.length) }] as const,
      );
      await executor.write(new Map(zeros));
      executor.stepsDone = 1;
      said.push(await executor.step(batchOf(input, 4, 4, 5)), executor.stepsDone);
      said.push(await executor.predict(batchOf(input, 2, 4, 7)), executor.tensorCount() === null);
      outcomes.push(said);
    }
    expect(outcomes[1]).toEqual(outcomes[0]);
  });

  it("takes the memory of a batch's inputs, and of an array that is part of another a copy", async () => {
    const executor = await threaded(net, { backend: "wasm", seed: 1 });
    live.push(executor);
    const own = batchOf(input, 2, 4, 1);
    const values = own.inputs.get("image")?.values;
    const expected = await executor.predict(batchOf(input, 2, 4, 1));
    expect(await executor.predict(own)).toEqual(expected);
    expect(values?.length).toBe(0);

    const [size, ...shape] = [2, ...input];
    const longer = new Float32Array(3 * input.reduce((product, extent) => product * extent, size ?? 1));
    const part = longer.subarray(0, longer.length / 3);
    part.set(batchOf(input, 2, 4, 1).inputs.get("image")?.values ?? []);
    const batch = { ...own, inputs: new Map([["image", { shape: [2, ...shape], values: part }]]) };
    expect(await executor.predict(batch)).toEqual(expected);
    expect(part.length).toBeGreaterThan(0);
  });

  it.runIf(hasOnnx)("refuses as it does in this one", async () => {
    const softmax = programOf({
      input: [4],
      layers: [
        { operator: "softmax", address: "soft" },
        { operator: "dense", args: { units: 2 } },
      ],
    });
    const refused = async (load: Promise<Executor>) => {
      const error = await load.catch((thrown: unknown) => thrown);
      if (!(error instanceof LeracError)) throw new Error(`no LeracError: ${String(error)}`);
      return { exit: error.exitCode, diagnostics: error.diagnostics };
    };
    const options = { backend: "onnx", seed: 1 } as const;
    const here = await refused(loadExecutor(softmax, options));
    expect(here.diagnostics[0]?.code).toBe("L0903");
    expect(await refused(threaded(softmax, options))).toEqual(here);
  });

  it("hands a fault of a call to its caller, and goes on", async () => {
    const executor = await threaded(net, { backend: "wasm", seed: 1 });
    live.push(executor);
    // No plan was written.
    await expect(executor.step(batchOf(input, 2, 4, 1))).rejects.toThrow(InternalError);
    expect(executor.stepsDone).toBe(0);
    expect(await executor.predict(batchOf(input, 2, 4, 1))).toHaveLength(8);
  });

  it("loads libraries before it has a program, and keeps nobody from ending who has none", async () => {
    const code = `
      import { startExecutorThread } from ${JSON.stringify(pathToFileURL(join(root, "dist/src/engine/index.js")))};
      startExecutorThread({ backend: "auto" }, ${JSON.stringify(entry)});
      await new Promise((resolve) => setTimeout(resolve, 50));`;
    const { stderr } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", code]);
    expect(stderr).toBe("");
  });

  it("that ends before it began, or under way, is an error and nothing waits for it", async () => {
    const ending = join(root, "test/engine/ending-thread.mjs");
    const options = { backend: "wasm", seed: 1 } as const;
    const atOnce = programOf({ input: [4], layers: [{ operator: "dense", args: { units: 2 } }] });
    await expect(threaded(atOnce, { ...options, seed: 0 }, ending)).rejects.toThrow("ended before it began");
    const executor = await threaded(net, options, ending);
    await expect(executor.predict(batchOf(input, 2, 4, 1))).rejects.toThrow("has ended");
    await expect(executor.read()).rejects.toThrow("has ended");
  });
});

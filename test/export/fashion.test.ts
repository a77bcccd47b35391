import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { loadGraphModel } from "@tensorflow/tfjs-converter";
import { setBackend, type Tensor, tensor } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { evaluationBatches, openDataset } from "../../src/data/index.js";
import { loadExecutor } from "../../src/engine/index.js";
import { loadLibrary } from "../../src/engine/libraries.js";
import { openRun } from "../../src/runs/index.js";
import { chooseCheckpoint } from "../../src/train/choose-checkpoint.js";
import { startFromInit } from "../../src/train/initial-weights.js";
import { probabilitiesOf } from "../../src/train/predict.js";
import { writeCheckpoint } from "../../src/train/restore.js";
import { readRunProgram } from "../../src/train/run-program.js";
import { Project } from "../cli/harness.js";
import { imagesOf } from "../data/fixtures.js";
import { expectClose } from "../harness/numeric.js";
import { runOnnx } from "./run-graph.js";

const project = new Project();
const images = 1000;
const shape = [images, 28, 28, 1];

/** What the engine makes of the first test images of Fashion-MNIST, and the raw images themselves. */
let raw: Float32Array;
let logits: Float32Array;
let probabilities: Float64Array;

beforeAll(async () => {
  const spec = resolve(import.meta.dirname, "../../examples/01-fashion.lerac");
  const flags = ["--backend", "wasm", "--threads", "1", "--quiet", "--out", "run", "--steps", "20"];
  const { exit, stderr } = await project.lerac(["run", spec, ...flags]);
  expect(exit, stderr).toBe(0);
  for (const to of ["tfjs", "onnx", "safetensors"]) {
    const written = await project.lerac(["export", "run", "--to", to, "-o", to]);
    expect(written, to).toMatchObject({ exit: 0, stdout: `${to}\n` });
  }
  logits = await engineLogits(async (executor, run) =>
    writeCheckpoint(executor, await chooseCheckpoint(run, "best")),
  );
  probabilities = new Float64Array(logits.length);
  for (let row = 0; row < logits.length; row += 10)
    probabilities.set(probabilitiesOf(logits.subarray(row, row + 10), "cross_entropy"), row);
}, 120_000);

type SetWeights = (
  executor: Awaited<ReturnType<typeof loadExecutor>>,
  run: ReturnType<typeof openRun>,
) => Promise<unknown>;

/** Through the data path and the engine; also fills `raw`. */
async function engineLogits(setWeights: SetWeights): Promise<Float32Array> {
  const run = openRun(project.path("run"));
  const program = readRunProgram(run);
  const dataset = await openDataset(program.data, { folder: run.record.options.data });
  const split = dataset.test;
  if (split === null) throw new Error("the example has test images");
  raw = Float32Array.from(await imagesOf(split).read(Uint32Array.from({ length: images }, (_, i) => i)));
  const executor = await loadExecutor(program, { backend: "wasm", seed: 9, threads: 1 });
  await setWeights(executor, run);
  for await (const batch of evaluationBatches(split, images, { input: "image" })) {
    const outputs = await executor.predict(batch);
    executor.dispose();
    await dataset.close();
    return outputs;
  }
  throw new Error("no batch");
}

function expectSame(found: Readonly<Record<string, Float32Array>>): void {
  expect(Object.keys(found).sort()).toEqual(["logits", "probabilities"]);
  expectClose(found.logits ?? [], logits, 1e-5, "logits");
  expectClose(found.probabilities ?? [], probabilities, 1e-5, "probabilities");
}

describe("a trained network on 1,000 real images", () => {
  it("has learned something, so that equal is no accident", () => {
    const classes = new Set(
      Array.from({ length: images }, (_, i) => {
        const row = [...logits.subarray(10 * i, 10 * i + 10)];
        return row.indexOf(Math.max(...row));
      }),
    );
    expect(classes.size).toBeGreaterThan(3);
  });

  it("gives the same in TensorFlow.js, loaded over HTTP as in a browser", async () => {
    const address = await serve(project.path("tfjs"));
    await loadLibrary("wasm");
    await setBackend("wasm");
    const model = await loadGraphModel(`${address}/model.json`);
    const found = { logits: new Float32Array(logits.length), probabilities: new Float32Array(logits.length) };
    for (let start = 0; start < images; start += 250) {
      const batch = tensor(raw.slice(start * 784, (start + 250) * 784), [250, 28, 28, 1]);
      const [first, second] = model.execute({ image: batch }, ["logits", "probabilities"]) as Tensor[];
      found.logits.set((await first?.data()) ?? [], start * 10);
      found.probabilities.set((await second?.data()) ?? [], start * 10);
    }
    model.dispose();
    expectSame(found);
  });

  it("gives the same in onnxruntime", async () => {
    expectSame(await runOnnx(project.path("onnx/model.onnx"), { image: { shape, values: raw } }));
  });

  it("gives the very same after it was a start for another run", async () => {
    const file = project.path("safetensors/model.safetensors");
    const again = await engineLogits(async (executor, run) => {
      const options = { ...run.record.options, init: { file, sha256: null } };
      await startFromInit({ ...run.record, options }, readRunProgram(run), executor);
    });
    expect(again).toEqual(logits);
  });
});

describe("lerac.json", () => {
  it.each([
    ["tfjs", "graph", ["logits", "probabilities"]],
    ["onnx", "graph", ["logits", "probabilities"]],
    ["safetensors", "caller", []],
  ])("of %s says what goes in and out, and whose the scale is", async (to, by, outputs) => {
    const description = JSON.parse(project.read(join(to, "lerac.json")));
    expect(description).toMatchObject({
      format: "lerac export 1",
      to,
      run: "run",
      step: 20,
      inputs: [{ name: "image", shape: ["batch", 28, 28, 1], type: "float32" }],
      scale: { by, formula: "(stored value / 255 - mean) / std" },
      classes: 10,
    });
    expect(description.outputs.map((output: { name: string }) => output.name)).toEqual(outputs);
    for (const { name, bytes } of description.files)
      expect((await readFile(project.path(join(to, name)))).length).toBe(bytes);
  });
});

let server: Server | undefined;
afterAll(() => server?.close());

/** @returns the address under which the files of a folder are served */
async function serve(folder: string): Promise<string> {
  const started = createServer((request, response) => {
    readFile(join(folder, new URL(request.url ?? "", "http://localhost").pathname)).then(
      (content) => response.end(content),
      () => response.writeHead(404).end(),
    );
  });
  server = started;
  await new Promise<void>((ready) => started.listen(0, "127.0.0.1", ready));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
}

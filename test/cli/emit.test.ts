import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import util from "node:util";
import { describe, expect, it } from "vitest";
import { chooseTensorflow } from "../../src/engine/backends.js";
import type { StepDescription } from "../../src/engine/emit/description.js";
import { loadRuntime } from "../../src/engine/executors/onnx/runtime.js";
import { type Executor, loadExecutor } from "../../src/engine/index.js";
import { readProgram, type TrainingProgram } from "../../src/program/index.js";
import { testedLibraries } from "../engine/backends.js";
import { batchOf } from "../engine/fixtures.js";
import { Project } from "./harness.js";
import { typed } from "./in-process.js";

const project = new Project();
const loaded = await loadRuntime();
const runtime = "runtime" in loaded ? loaded.runtime : null;
const hasTensorflow = testedLibraries.includes("tensorflow");
const reason = hasTensorflow ? "" : " (skipped: tfjs-node with its native module is not installed)";

interface Given {
  readonly values: Numbers;
  readonly shape: readonly number[];
}

/** What is used of tfjs-node: its own types want a module that is not installed everywhere. */
interface StockTensorflow {
  setBackend(name: string): Promise<boolean>;
  tensor(values: Numbers, shape: readonly number[], type: "float32" | "int32"): unknown;
  readonly node: {
    loadSavedModel(
      folder: string,
      tags: string[],
      signature: string,
    ): Promise<{
      predict(inputs: Record<string, unknown>): Record<string, { dataSync(): Numbers }>;
    }>;
  };
}

type Numbers = Float32Array | Int32Array | Uint32Array;
const batches = [1, 2, 3].map((seed) => batchOf([28, 28, 1], 8, 10, seed));
const rates = [0.05, 0.01];

/** Writes the step, and gives its description. Wide enough that images lie in blocks. */
async function emit(to: string, folder: string): Promise<StepDescription> {
  const words = ["compile", "fashion.lerac", "--set", "width=16", "--emit", to, "-o", folder];
  const { exit, stdout, stderr } = await typed(project, words);
  expect({ exit, stdout }, stderr).toEqual({ exit: 0, stdout: "" });
  expect(stderr).toMatch(
    new RegExp(`^wrote .*README.txt, step.json into ${folder} .* sha256 [0-9a-f]{8}\n$`),
  );
  return JSON.parse(project.read(`${folder}/step.json`)) as StepDescription;
}

async function programOf(): Promise<TrainingProgram> {
  const { stdout } = await typed(project, ["compile", "fashion.lerac", "--set", "width=16"]);
  return readProgram(stdout, "fashion.json").program;
}

/** Three steps and an evaluation by lerac itself: weights before, and what came of them. */
async function trained(backend: "onnx" | "tensorflow") {
  const program = await programOf();
  const executor: Executor = await loadExecutor(program, { backend, seed: program.experiment.seeds[0] ?? 0 });
  const before = await executor.read();
  executor.writePlan(
    0,
    batches.map(() => Float32Array.from(rates)),
  );
  const losses: number[] = [];
  for (const batch of batches) losses.push((await executor.step(batch, { measure: true })).loss);
  const [first] = batches;
  if (first === undefined) throw new Error("no batch");
  const evaluation = await executor.predict(first);
  const after = await executor.read();
  executor.dispose();
  return { before, losses, evaluation, after };
}

/** What every graph is fed that is no tensor of the model, by the names of step.json. */
function hostStates({ plan, keys }: StepDescription, step: number): Map<string, Numbers> {
  const rows = new Float32Array(plan.rows * plan.columns.length);
  for (let row = 0; row < rows.length; row++) rows[row] = rates[row % plan.columns.length] ?? 0;
  return new Map<string, Numbers>([
    ["plan", rows],
    ["plan.base", Int32Array.of(0)],
    ["step", Int32Array.of(step)],
    ["keys", Uint32Array.from(keys.values)],
  ]);
}

function batchFeeds(index: number): Map<string, Numbers> {
  const batch = batches[index];
  const image = batch?.inputs.get("image");
  if (batch === undefined || image === undefined) throw new Error("no batch");
  return new Map<string, Numbers>([
    ["image", image.values as Float32Array],
    ["labels", batch.labels],
    ["weights", new Float32Array(8).fill(1)],
    ["share", Float32Array.of(1 / 8)],
  ]);
}

function graphOf(description: StepDescription, name: string) {
  const graph = description.graphs.find((one) => one.name === name);
  if (graph === undefined) throw new Error(`no graph ${name}`);
  return graph;
}

describe("lerac compile --emit onnx", () => {
  it("writes a folder whose files are those that it lists", async () => {
    const { files, graphs, program } = await emit("onnx", "listed");
    expect(readdirSync(project.path("listed")).sort()).toEqual(
      ["README.txt", "evaluate.onnx", "step.json", "train.onnx"].sort(),
    );
    for (const { name, bytes, sha256 } of files) {
      const content = readFileSync(project.path(`listed/${name}`));
      expect({ bytes: content.length, sha256: createHash("sha256").update(content).digest("hex") }).toEqual({
        bytes,
        sha256,
      });
    }
    expect(graphs.map(({ name, batch }) => ({ name, batch }))).toEqual([
      { name: "train", batch: 8 },
      { name: "evaluate", batch: 8 },
    ]);
    const { stdout } = await typed(project, [
      "compile",
      "fashion.lerac",
      "--set",
      "width=16",
      "--emit",
      "step-graph",
    ]);
    expect(graphs[0]?.stepGraph).toBe(createHash("sha256").update(stdout).digest("hex"));
    const compiled = await typed(project, ["compile", "fashion.lerac", "--set", "width=16", "-o", "p.json"]);
    expect(compiled.stderr).toContain(program.slice(0, 8));
    expect(project.read("listed/README.txt")).toContain("A step takes a batch of 8 samples");
  });

  it.runIf(runtime !== null)("onnxruntime takes the same steps as the executor, bit for bit", async () => {
    if (runtime === null) return;
    const description = await emit("onnx", "onnx");
    const { before, losses, evaluation, after } = await trained("onnx");
    const open = (file: string) =>
      runtime.InferenceSession.create(project.path(`onnx/${file}`), { executionProviders: ["cpu"] });
    const train = graphOf(description, "train");
    const session = await open(train.file);
    expect([...session.inputNames].sort()).toEqual(train.inputs.map(({ tensor }) => tensor).sort());
    expect([...session.outputNames].sort()).toEqual(train.outputs.map(({ tensor }) => tensor).sort());
    const states = new Map<string, Numbers>(
      [...before].map(([name, { values }]) => [name, values as Float32Array]),
    );
    const run = async (graph: typeof train, on: typeof session, given: ReadonlyMap<string, Numbers>) => {
      const feeds = graph.inputs.map(({ name, tensor, type, shape }) => {
        const values = given.get(name);
        if (values === undefined) throw new Error(`nothing for ${name}`);
        return [tensor, new runtime.Tensor(type as "float32", values as Float32Array, [...shape])] as const;
      });
      const made = await on.run(Object.fromEntries(feeds));
      return new Map(graph.outputs.map(({ name, tensor }) => [name, made[tensor]?.data as Numbers]));
    };
    const ours: number[] = [];
    for (const step of batches.keys()) {
      const given = new Map([...states, ...hostStates(description, step), ...batchFeeds(step)]);
      const made = await run(train, session, given);
      expect(made.get("next step")).toEqual(Int32Array.of(step + 1));
      for (const { name, next } of train.inputs)
        if (next !== undefined && before.has(name)) states.set(name, made.get(next) as Numbers);
      ours.push((made.get("loss")?.[0] ?? Number.NaN) / 8);
    }
    expect(ours).toEqual(losses);
    for (const [name, { values }] of after) expect(states.get(name), name).toEqual(values);
    const judged = graphOf(description, "evaluate");
    const made = await run(judged, await open(judged.file), new Map([...states, ...batchFeeds(0)]));
    expect(made.get("outputs")).toEqual(evaluation);
  });
});

describe("lerac compile --emit saved-model", () => {
  it("is written without TensorFlow, with the node of every tensor", async () => {
    const { files, variables, write, runtime: of } = await emit("saved-model", "saved");
    expect(files.map(({ name }) => name)).toEqual(["saved_model.pb", "README.txt"]);
    const names = (await programOf()).model.layers.flatMap(({ tensors }) =>
      tensors.map((one) => one.address),
    );
    expect(variables?.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
    const bytes = readFileSync(project.path("saved/saved_model.pb"));
    for (const node of [write, ...(variables ?? []).flatMap(({ feed, read }) => [feed, read])])
      expect(bytes.includes(Buffer.from(node ?? "?"))).toBe(true);
    expect(of.tags).toBe("serve");
  });

  it.runIf(hasTensorflow)(
    `TensorFlow takes the same steps as the executor, bit for bit${reason}`,
    async () => {
      const description = await emit("saved-model", "tensorflow");
      const { before, losses, evaluation, after } = await trained("tensorflow");
      const { binding } = chooseTensorflow();
      const model = binding.loadSavedModel(project.path("tensorflow"), String(description.runtime.tags));
      const run = (given: (readonly [string, readonly number[], Numbers])[], fetched: readonly string[]) => {
        const tensors = given.map(([, shape, values]) => {
          const isFloat = values instanceof Float32Array;
          const bits = isFloat ? values : new Int32Array(values.buffer, values.byteOffset, values.length);
          return binding.createTensor([...shape], isFloat ? binding.TF_FLOAT : binding.TF_INT32, bits);
        });
        const names = (nodes: readonly string[]) => nodes.map((node) => `${node}:0`).join(",");
        const made = binding.runSavedModel(
          model,
          tensors,
          names(given.map(([node]) => node)),
          names(fetched),
        );
        return made.map(({ id }) => binding.tensorDataSync(id));
      };
      const variables = description.variables ?? [];
      run(
        variables.map(({ name, shape, feed }) => [feed, shape, before.get(name)?.values as Float32Array]),
        [description.write ?? ""],
      );
      const runGraph = (name: string, given: ReadonlyMap<string, Numbers>) => {
        const { inputs, outputs } = graphOf(description, name);
        const made = run(
          inputs.map((port) => [port.tensor, port.shape, given.get(port.name) as Numbers]),
          outputs.map(({ tensor }) => tensor),
        );
        return new Map(outputs.map((port, i) => [port.name, made[i]]));
      };
      const ours = [...batches.keys()].map((step) => {
        const made = runGraph("train", new Map([...hostStates(description, step), ...batchFeeds(step)]));
        expect(made.get("next step")).toEqual(Int32Array.of(step + 1));
        return (made.get("loss")?.[0] ?? Number.NaN) / 8;
      });
      expect(ours).toEqual(losses);
      const now = run(
        [],
        variables.map(({ read }) => read),
      );
      variables.forEach(({ name }, i) => {
        expect(now[i], name).toEqual(after.get(name)?.values);
      });
      const judged = runGraph("evaluate", new Map([...hostStates(description, 3), ...batchFeeds(0)]));
      expect(judged.get("outputs")).toEqual(evaluation);
      binding.deleteSavedModel(model);
    },
  );

  it.runIf(hasTensorflow)(
    `stock tfjs-node calls it by its signatures, with the same numbers${reason}`,
    async () => {
      const description = await emit("saved-model", "called");
      const { before, losses, evaluation, after } = await trained("tensorflow");
      const require = createRequire(import.meta.url);
      (util as { isNullOrUndefined?: (value: unknown) => boolean }).isNullOrUndefined ??= (value) =>
        value == null;
      const tf = require("@tensorflow/tfjs-node-gpu") as StockTensorflow;
      await tf.setBackend("tensorflow");
      const call = async (signature: string, given: ReadonlyMap<string, Given>) => {
        const model = await tf.node.loadSavedModel(project.path("called"), ["serve"], signature);
        const inputs = [...given].map(([name, { values, shape }]) => {
          if (values instanceof Float32Array) return [name, tf.tensor(values, shape, "float32")];
          return [name, tf.tensor(new Int32Array(values.buffer), shape, "int32")];
        });
        const made = Object.entries(model.predict(Object.fromEntries(inputs)));
        return new Map(made.map(([name, tensor]) => [name, tensor.dataSync()]));
      };
      const graph = async (name: string, given: ReadonlyMap<string, Numbers>) => {
        const { inputs, signature } = graphOf(description, name);
        const of = (port: (typeof inputs)[number]) => ({
          values: given.get(port.name) ?? new Float32Array(0),
          shape: port.shape,
        });
        return call(String(signature), new Map(inputs.map((port) => [port.name, of(port)])));
      };
      expect(await call("write", before)).toEqual(new Map([["written", Int32Array.of(1)]]));
      const ours: number[] = [];
      for (const step of batches.keys()) {
        const made = await graph("train", new Map([...hostStates(description, step), ...batchFeeds(step)]));
        expect(made.get("next step")).toEqual(Int32Array.of(step + 1));
        ours.push((made.get("loss")?.[0] ?? Number.NaN) / 8);
      }
      expect(ours).toEqual(losses);
      const now = await call("read", new Map());
      expect([...now.keys()].sort()).toEqual([...after.keys()].sort());
      for (const [name, { values }] of after) expect(now.get(name), name).toEqual(values);
      const judged = await graph("evaluate", new Map([...hostStates(description, 3), ...batchFeeds(0)]));
      expect(judged.get("outputs")).toEqual(evaluation);
    },
  );
});

describe("what can't be written", () => {
  it("needs a folder: exit 2", async () => {
    const { exit, stderr } = await typed(project, ["compile", "fashion.lerac", "--emit", "onnx"]);
    expect(exit).toBe(2);
    expect(stderr).toContain("`--emit onnx` needs a folder to write into");
    expect(stderr).toContain("lerac compile fashion.lerac --emit onnx -o step");
  });

  it("leaves a folder with something in it, and a file, as they are: exit 4", async () => {
    mkdirSync(project.path("filled"));
    project.write("filled/mine.txt", "mine");
    const filled = await typed(project, [
      "compile",
      "fashion.lerac",
      "--emit",
      "saved-model",
      "-o",
      "filled",
    ]);
    expect(filled).toMatchObject({ exit: 4, stdout: "" });
    expect(filled.stderr).toMatch(/^error\[L0007\]: filled is there already and not empty/);
    expect(readdirSync(project.path("filled"))).toEqual(["mine.txt"]);
    const file = await typed(project, ["compile", "fashion.lerac", "--emit", "onnx", "-o", "fashion.lerac"]);
    expect(file.exit).toBe(4);
    expect(file.stderr).toMatch(/^error\[L0006\]: fashion.lerac can't be made a folder/);
  });

  it.each(["onnx", "saved-model"])(
    "a step that can't be compiled: exit 4, nothing written (%s)",
    async (to) => {
      const spec = project.read("fashion.lerac").replace("head: dense", "      softmax\n  head: dense");
      project.write("wide.lerac", spec);
      const { exit, stderr } = await typed(project, ["compile", "wide.lerac", "--emit", to, "-o", "none"]);
      expect(exit).toBe(4);
      expect(stderr).toMatch(/^error\[L0903\][\s\S]*conv\.softmax/);
      expect(existsSync(project.path("none"))).toBe(false);
    },
  );

  it("a wrong spec: exit 3, nothing written", async () => {
    project.write("wrong.lerac", project.read("fashion.lerac").replace("dense(10)", "dense(11)"));
    const { exit } = await typed(project, ["compile", "wrong.lerac", "--emit", "onnx", "-o", "none"]);
    expect(exit).toBe(3);
    expect(existsSync(project.path("none"))).toBe(false);
  });
});

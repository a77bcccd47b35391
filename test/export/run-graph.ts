import { loadGraphModel } from "@tensorflow/tfjs-converter";
import { setBackend, type Tensor, tensor } from "@tensorflow/tfjs-core";
import { InferenceSession, Tensor as OnnxTensor } from "onnxruntime-node";
import { writeOnnx } from "../../src/export/onnx/model.js";
import type { Graph } from "../../src/export/record/index.js";
import { writeGraphModel } from "../../src/export/tensorflow/model-json.js";

export interface Fed {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export type Feeds = Readonly<Record<string, Fed>>;

/** Values of all outputs by name. */
export type Answers = Readonly<Record<string, Float32Array>>;

/** Runs a graph in one of the programs that its files are for. */
export const runners: Readonly<Record<"tfjs" | "onnx", (graph: Graph, feeds: Feeds) => Promise<Answers>>> = {
  async tfjs(graph, feeds) {
    await setBackend("cpu");
    const files = writeGraphModel(graph, "test");
    const { modelTopology, weightsManifest, signature } = JSON.parse(String(files.get("model.json")));
    const [{ paths, weights }] = weightsManifest;
    const bytes = Buffer.concat(paths.map((path: string) => files.get(path)));
    const weightData = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
    const model = await loadGraphModel({
      load: async () => ({
        modelTopology,
        signature,
        weightSpecs: weights,
        weightData,
        format: "graph-model",
      }),
    });
    const inputs = Object.fromEntries(
      Object.entries(feeds).map(([name, { shape, values }]) => [name, tensor(values, [...shape])]),
    );
    const names = graph.outputs.map(({ name }) => name);
    const outputs = model.execute(inputs, names) as Tensor | Tensor[];
    const list = Array.isArray(outputs) ? outputs : [outputs];
    const answers = Object.fromEntries(
      names.map((name, i) => [name, Float32Array.from((list[i] as Tensor).dataSync())]),
    );
    model.dispose();
    return answers;
  },

  async onnx(graph, feeds) {
    const pieces = writeOnnx(graph, { name: "test", producer: ["test", "0"], metadata: {} });
    return await runOnnx(Buffer.concat(pieces), feeds);
  },
};

/** Runs an ONNX file, or its bytes, in onnxruntime. */
export async function runOnnx(model: string | Uint8Array, feeds: Feeds): Promise<Answers> {
  const options = { intraOpNumThreads: 1, logSeverityLevel: 3 } as const;
  const session =
    typeof model === "string"
      ? await InferenceSession.create(model, options)
      : await InferenceSession.create(model, options);
  const inputs = Object.fromEntries(
    Object.entries(feeds).map(([name, { shape, values }]) => [
      name,
      new OnnxTensor("float32", values, shape),
    ]),
  );
  const outputs = await session.run(inputs);
  const answers = Object.fromEntries(
    Object.entries(outputs).map(([name, { data }]) => [name, Float32Array.from(data as Float32Array)]),
  );
  await session.release();
  return answers;
}

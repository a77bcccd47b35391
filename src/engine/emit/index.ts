import { listed, type NewFile } from "../../base/new-file.js";
import type { TrainingProgram } from "../../program/types.js";
import { blockOf } from "../executors/onnx/block.js";
import { lowerToOnnx, onnxPasses, onProcessor } from "../executors/onnx/model.js";
import { loadRuntime } from "../executors/onnx/runtime.js";
import { lowerToTensorflow, modelTag } from "../executors/tensorflow/model.js";
import { signatureName } from "../executors/tensorflow/signatures.js";
import type { StepGraph } from "../graph/types.js";
import { optimised } from "../passes/index.js";
import { traceEvaluation, traceTrainStep } from "../step/trace.js";
import {
  commonFacts,
  type EmitOrigin,
  type EmitTarget,
  emittedGraph,
  type StepDescription,
} from "./description.js";
import { readme } from "./readme.js";

export { type EmitOrigin, type EmitTarget, emitTargets, type StepDescription } from "./description.js";

export interface EmittedStep {
  readonly files: readonly NewFile[];
  /** What is not as it would be elsewhere, for people; empty where nothing is. */
  readonly remark: string;
}

type Made = Omit<StepDescription, "files" | keyof ReturnType<typeof commonFacts>>;

/**
 * What an executor hands to its runtime, as files: the step of a full batch at which every level moves, and evaluation.
 * `step.json`, which names all that goes in and out, comes last.
 *
 * @throws LeracError L0903 for a program whose step can't be compiled
 */
export async function emitStep(
  program: TrainingProgram,
  to: EmitTarget,
  origin: EmitOrigin,
): Promise<EmittedStep> {
  const { batch } = program.train;
  const graphs = [traceTrainStep(program, { batch }), traceEvaluation(program, batch)] as const;
  const { models, facts, remark } = to === "onnx" ? await onnxFiles(graphs) : savedModelFiles(graphs);
  const common = commonFacts(program, to, origin, graphs[0]);
  const text = { name: "README.txt", pieces: [Buffer.from(readme({ ...common, ...facts }))] };
  const files = [...models, text];
  const description: StepDescription = { ...common, ...facts, files: files.map(listed) };
  const last = Buffer.from(`${JSON.stringify(description, null, 2)}\n`);
  return { files: [...files, { name: "step.json", pieces: [last] }], remark };
}

interface Written {
  readonly models: readonly NewFile[];
  readonly facts: Made;
  readonly remark: string;
}

/** Images lie in blocks as wide as this machine's processor wants them, which only the runtime knows. */
async function onnxFiles(graphs: readonly StepGraph[]): Promise<Written> {
  const loaded = await loadRuntime();
  const block = "runtime" in loaded ? await blockOf(loaded.runtime) : null;
  const version = "runtime" in loaded ? loaded.version : null;
  const made = graphs.map((graph) => {
    const model = lowerToOnnx(optimised(graph, onnxPasses), onProcessor(block));
    const file = `${graph.name}.onnx`;
    return { file: { name: file, pieces: [model.bytes] }, graph: emittedGraph(graph, file, model, true) };
  });
  return {
    models: made.map(({ file }) => file),
    facts: {
      runtime: { library: "onnxruntime", version, operatorSet: 20, block },
      graphs: made.map(({ graph }) => graph),
    },
    remark:
      "runtime" in loaded
        ? ""
        : `onnxruntime-node ${loaded.reason}: written without blocks of channels, for any processor`,
  };
}

/** All graphs over common variables, as the executor loads them; no part of TensorFlow is needed to write it. */
function savedModelFiles(graphs: readonly StepGraph[]): Written {
  const model = lowerToTensorflow(graphs.map((graph) => optimised(graph)));
  const file = "saved_model.pb";
  return {
    models: [{ name: file, pieces: [model.bytes] }],
    facts: {
      runtime: { library: "TensorFlow", version: "2.9 or later", tags: modelTag },
      graphs: graphs.map((graph, i) => {
        const names = model.graphs[i] ?? { feeds: new Map(), results: new Map() };
        return { ...emittedGraph(graph, file, names, false), signature: signatureName(graph) };
      }),
      variables: [...model.variables].map(([name, { shape, given, read }]) => ({
        name,
        shape,
        feed: given,
        read,
      })),
      write: model.written,
    },
    remark: "",
  };
}

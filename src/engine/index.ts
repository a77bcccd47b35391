import type { TrainingProgram } from "../program/types.js";
import { type BackendName, chooseBackend, chooseOnnx } from "./backends.js";
import type { Executor } from "./executor.js";
import type { StepGraph } from "./graph/types.js";

export {
  type BackendListing,
  type BackendName,
  backendNames,
  listBackends,
  readBackendName,
} from "./backends.js";
export type * from "./executor.js";
export {
  addMetricSums,
  lowerIsBetter,
  metricValues,
  type Predictions,
  wholeSplitValues,
} from "./metrics/index.js";

export interface ExecutorOptions {
  readonly backend: BackendName;
  /** Of weights and dropout. */
  readonly seed: number;
  /** Where the library has a choice; left out, all of the machine's. */
  readonly threads?: number;
}

/**
 * Makes a program ready to train: picks the library, checks that the program fits the operators, and sets first
 * weights from the seed. TensorFlow.js is loaded here, not before.
 *
 * @throws LeracError L0901 (exit 4) where the backend is not there, L0903 where `onnx` can't compile the program's step
 * @throws InternalError where the program does not fit this version
 */
export async function loadExecutor(program: TrainingProgram, options: ExecutorOptions): Promise<Executor> {
  if (options.backend === "onnx") {
    const { runtime, info } = await chooseOnnx(options.threads);
    const { CompiledExecutor } = await import("./executors/compiled/executor.js");
    const { OnnxSession } = await import("./executors/onnx/session.js");
    const open = (graph: StepGraph) => OnnxSession.open(runtime, graph, info.threads);
    return CompiledExecutor.create(program, info, { seed: options.seed, runtime: { open } });
  }
  const info = await chooseBackend(options.backend, options.threads);
  if (options.backend === "tensorflow") {
    const { CompiledExecutor } = await import("./executors/compiled/executor.js");
    const { TensorflowSession } = await import("./executors/tensorflow/session.js");
    const { tensorflowBinding } = await import("./executors/tensorflow/binding.js");
    const runtime = new TensorflowSession(await tensorflowBinding());
    return CompiledExecutor.create(
      program,
      { ...info, executor: "tensorflow" },
      { seed: options.seed, runtime },
    );
  }
  const { EagerExecutor } = await import("./executors/eager/executor.js");
  return new EagerExecutor(program, info, { seed: options.seed });
}

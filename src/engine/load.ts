import type { TrainingProgram } from "../program/types.js";
import { type BackendName, chooseBackend, chooseOnnx, chooseTensorflow } from "./backends.js";
import { type DeviceName, readDeviceName } from "./devices.js";
import type { Executor } from "./executor.js";
import { loadRuntime } from "./executors/onnx/runtime.js";
import { loadNative } from "./executors/tensorflow/native.js";
import { loadFastest } from "./fastest.js";
import { drawFirstWeights } from "./first-weights.js";
import { makersOf } from "./makers.js";

export interface ExecutorOptions {
  readonly backend: BackendName;
  /** Of weights and dropout. */
  readonly seed: number;
  /** Where the library has a choice; left out, all of the machine's. */
  readonly threads?: number;
  /** What onnxruntime computes on; the processor when left out. Another one is for the backends `onnx` and `auto`. */
  readonly device?: DeviceName;
}

/**
 * Makes a program ready to train: picks the backend, checks that the program fits the operators, and sets first weights
 * from the seed. Libraries are loaded here, not before.
 *
 * @throws LeracError L0901 (exit 4) where the backend or the device is not there, L0903 where `onnx` can't compile the program's step
 * @throws InternalError where the program does not fit this version
 */
export async function loadExecutor(program: TrainingProgram, options: ExecutorOptions): Promise<Executor> {
  const { backend, seed, threads, device = "cpu" } = options;
  // Before any library is loaded, so that they are there when it is.
  const makers = makersOf(program, {
    seed,
    weights: compiles(backend) ? drawFirstWeights(program, seed) : null,
  });
  if (backend === "onnx" || device !== "cpu") {
    const { runtime, info } = await chooseOnnx(threads, readDeviceName(device, backend));
    return makers.onnx(runtime, info);
  }
  if (backend === "auto") return loadFastest(makers, threads);
  if (backend === "tensorflow") return makers.tensorflow(chooseTensorflow(threads));
  return makers.eager(await chooseBackend(backend, threads));
}

/**
 * Loads what `loadExecutor` will need, as far as it is known before there is a program. What is missing is not told of
 * here.
 */
export async function preload({
  backend,
  threads,
  device = "cpu",
}: Pick<ExecutorOptions, "backend" | "threads" | "device">): Promise<void> {
  if (!compiles(backend)) return;
  await import("./executors/compiled/executor.js");
  if (device === "cpu" && backend !== "onnx" && !("reason" in loadNative(threads))) {
    await import("./executors/tensorflow/session.js");
    return;
  }
  if (backend === "tensorflow") return;
  const onnx = await loadRuntime();
  if ("reason" in onnx) return;
  const { OnnxSession } = await import("./executors/onnx/session.js");
  await OnnxSession.prepare(onnx.runtime);
}

/** Whether a backend makes graphs of whole steps, if it can. */
function compiles(backend: BackendName): boolean {
  return backend === "auto" || backend === "onnx" || backend === "tensorflow";
}

import type { TrainingProgram } from "../program/types.js";
import { type BackendName, chooseBackend, chooseOnnx, chooseTensorflow } from "./backends.js";
import type { Executor } from "./executor.js";
import { loadFastest } from "./fastest.js";
import { drawFirstWeights } from "./first-weights.js";
import { makersOf } from "./makers.js";

export interface ExecutorOptions {
  readonly backend: BackendName;
  /** Of weights and dropout. */
  readonly seed: number;
  /** Where the library has a choice; left out, all of the machine's. */
  readonly threads?: number;
}

/**
 * Makes a program ready to train: picks the backend, checks that the program fits the operators, and sets first weights
 * from the seed. Libraries are loaded here, not before.
 *
 * @throws LeracError L0901 (exit 4) where the backend is not there, L0903 where `onnx` can't compile the program's step
 * @throws InternalError where the program does not fit this version
 */
export async function loadExecutor(program: TrainingProgram, options: ExecutorOptions): Promise<Executor> {
  const { backend, seed, threads } = options;
  const compiles = backend === "auto" || backend === "onnx" || backend === "tensorflow";
  // Before any library is loaded, so that they are there when it is.
  const makers = makersOf(program, { seed, weights: compiles ? drawFirstWeights(program, seed) : null });
  if (backend === "auto") return loadFastest(makers, threads);
  if (backend === "onnx") {
    const { runtime, info } = await chooseOnnx(threads);
    return makers.onnx(runtime, info);
  }
  if (backend === "tensorflow") return makers.tensorflow(chooseTensorflow(threads));
  return makers.eager(await chooseBackend(backend, threads));
}

import type { TrainingProgram } from "../program/types.js";
import { chooseBackend, describe } from "./backends.js";
import type { DeviceName } from "./devices.js";
import type { BackendInfo, Executor } from "./executor.js";
import type { OnnxRuntime } from "./executors/onnx/runtime.js";
import type { LoadedNative } from "./executors/tensorflow/native.js";
import { drawFirstWeights, type FirstWeights } from "./first-weights.js";
import type { StepGraph } from "./graph/types.js";
import { isRefusal, whyRefused } from "./step/refusal.js";

/** How executors of one program are made, once it is clear on what. Each loads its code when it is asked. */
export interface ExecutorMakers {
  /** Operation by operation. */
  readonly eager: (info: BackendInfo) => Promise<Executor>;
  /** Rejects with L0903 for a program whose step can't be compiled. */
  readonly onnx: (runtime: OnnxRuntime, info: BackendInfo) => Promise<Executor>;
  /** Whole steps where they can be compiled, else operation by operation, as the remark then says. */
  readonly tensorflow: (native: LoadedNative) => Promise<Executor>;
}

/** @param options the first weights where they are being drawn already */
export function makersOf(
  program: TrainingProgram,
  options: { readonly seed: number; readonly weights: (() => Promise<FirstWeights>) | null },
): ExecutorMakers {
  const { seed } = options;
  const weights = () => (options.weights ?? drawFirstWeights(program, seed))();
  const eager = async (info: BackendInfo): Promise<Executor> => {
    const { EagerExecutor } = await import("./executors/eager/executor.js");
    return new EagerExecutor(program, info, { seed });
  };
  return {
    eager,
    async onnx(runtime, info) {
      const { CompiledExecutor } = await import("./executors/compiled/executor.js");
      const { OnnxSession } = await import("./executors/onnx/session.js");
      const on = (device: DeviceName) => ({
        open: (graph: StepGraph) => OnnxSession.open(runtime, graph, { threads: info.threads, device }),
      });
      const device = info.device as DeviceName;
      const executor = await CompiledExecutor.create(program, info, { seed, runtime: on(device), weights });
      if (device === "cpu") return executor;
      const { checkDevice } = await import("./device-check.js");
      const onProcessor = await CompiledExecutor.create(
        program,
        { ...info, device: "cpu" },
        { seed, runtime: on("cpu") },
      );
      try {
        await checkDevice(program, executor, onProcessor);
        return executor;
      } catch (error) {
        executor.dispose();
        throw error;
      } finally {
        onProcessor.dispose();
      }
    },
    async tensorflow(native) {
      const { CompiledExecutor } = await import("./executors/compiled/executor.js");
      const { TensorflowSession } = await import("./executors/tensorflow/session.js");
      const runtime = new TensorflowSession(native.binding);
      try {
        const compiled = { ...describe(native, []), executor: "tensorflow" };
        return await CompiledExecutor.create(program, compiled, { seed, runtime, weights });
      } catch (error) {
        if (!isRefusal(error)) throw error;
        const info = await chooseBackend("tensorflow", native.threads);
        return eager({ ...info, remark: `operation by operation, as ${whyRefused(error)}` });
      }
    },
  };
}

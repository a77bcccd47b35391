import { chooseBackend, describeOnnx } from "./backends.js";
import type { BackendInfo, Executor } from "./executor.js";
import { loadRuntime } from "./executors/onnx/runtime.js";
import { loadNative } from "./executors/tensorflow/native.js";
import type { ExecutorMakers } from "./makers.js";
import { isRefusal, whyRefused } from "./step/refusal.js";

/**
 * The fastest executor that is there and has all that the program needs: TensorFlow's library, then compiled steps on
 * onnxruntime, then WebAssembly, then plain JavaScript. The remark says why it is none of those before it.
 *
 * @throws LeracError as the makers; L0901 where nothing at all loads
 */
export async function loadFastest(makers: ExecutorMakers, threads?: number): Promise<Executor> {
  const tensorflow = loadNative(threads);
  if (!("reason" in tensorflow)) return makers.tensorflow(tensorflow);
  const first = `tensorflow ${tensorflow.reason}`;
  const onnx = await loadRuntime();
  let second = "reason" in onnx ? `onnxruntime-node ${onnx.reason}` : "";
  if (!("reason" in onnx)) {
    try {
      return await makers.onnx(onnx.runtime, describeOnnx(onnx.version, threads, first));
    } catch (error) {
      if (!isRefusal(error)) throw error;
      second = `onnx can't train this model: ${whyRefused(error)}`;
    }
  }
  const info = await chooseBackend("eager", threads);
  return makers.eager({ ...info, remark: [info.remark || first, second].join("; ") });
}

/** A backend as runs announce it: `backend onnx (cpu, 2 threads): tensorflow is not installed`; null where nothing is to be said. */
export function announcement({ executor, library, device, threads, remark }: BackendInfo): string | null {
  if (remark === "") return null;
  const name = executor === "eager" ? library : executor;
  const many = threads === 1 ? "1 thread" : `${threads} threads`;
  return `backend ${name} (${device}, ${many}): ${remark}; lerac doctor tells more`;
}

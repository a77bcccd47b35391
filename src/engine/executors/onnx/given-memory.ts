import { negation } from "./negation.js";
import type { OnnxRuntime } from "./runtime.js";

const known = new WeakMap<OnnxRuntime, Promise<boolean>>();

/**
 * Whether the runtime writes results into the memory that it is given for them. onnxruntime-node 1.30 does, and hands out
 * copies besides; another version may hand out its own memory alone. Found out by negating two numbers, once a process.
 */
export function writesGivenMemory(runtime: OnnxRuntime): Promise<boolean> {
  let asked = known.get(runtime);
  if (asked === undefined) {
    asked = negation(runtime, { intraOpNumThreads: 1 }).then(
      ({ given }) => given,
      () => false,
    );
    known.set(runtime, asked);
  }
  return asked;
}

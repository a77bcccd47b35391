import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { dirname, sep } from "node:path";
import { InternalError, unreachable } from "../base/invariant.js";

/** A TensorFlow.js backend; the names are TensorFlow.js's own. */
export type Library = "tensorflow" | "wasm" | "cpu";

export interface LoadedLibrary {
  readonly library: Library;
  readonly version: string;
  readonly device: string;
  readonly threads: number;
}

/** Why a library is not there, continuing its name: "is not installed". */
export interface Refusal {
  readonly library: Library;
  readonly reason: string;
}

const require = createRequire(import.meta.url);
const attempts = new Map<Library, Promise<LoadedLibrary | Refusal>>();

/**
 * Loads a library and registers it with TensorFlow.js, once a process. Which backend is the current one afterwards is
 * open: executors choose at every call. Never throws for a library that is missing or broken.
 *
 * @param threads for `tensorflow` only, and only at its first load: the others have one
 */
export function loadLibrary(library: Library, threads?: number): Promise<LoadedLibrary | Refusal> {
  let attempt = attempts.get(library);
  if (attempt === undefined) {
    attempt = load(library, threads).catch((error: unknown) => ({ library, reason: reasonOf(error) }));
    attempts.set(library, attempt);
  }
  return attempt;
}

async function load(library: Library, threads: number | undefined): Promise<LoadedLibrary | Refusal> {
  const tf = await import("./tfjs.js");
  // Its advice to install another package is ours to give.
  tf.enableProdMode();
  switch (library) {
    case "cpu":
      require("@tensorflow/tfjs-backend-cpu");
      return started(library, "cpu, plain JavaScript", 1);
    case "wasm":
      await withoutNewListeners(async () => {
        const wasm =
          require("@tensorflow/tfjs-backend-wasm") as typeof import("@tensorflow/tfjs-backend-wasm");
        wasm.setWasmPaths(`${dirname(require.resolve("@tensorflow/tfjs-backend-wasm"))}${sep}`);
        await tf.setBackend("wasm");
      });
      return started(library, "cpu, WebAssembly", 1);
    case "tensorflow":
      return loadTensorflow(threads);
    default:
      return unreachable(library);
  }
}

/** What is said to TensorFlow before it is loaded. */
export function prepareTensorflow(threads: number | undefined): void {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";
  if (threads !== undefined) process.env.TF_NUM_INTRAOP_THREADS = String(threads);
  // The order of sums over threads is then fixed, so equal runs give equal bits.
  process.env.TF_NUM_INTEROP_THREADS ??= "1";
  // TensorFlow turns its fast convolutions on by itself only on processors with instructions for neural networks.
  process.env.TF_ENABLE_ONEDNN_OPTS ??= "1";
}

/** tfjs-node for the GPU where it loads, else the one for the CPU. */
async function loadTensorflow(threads: number | undefined): Promise<LoadedLibrary | Refusal> {
  prepareTensorflow(threads);
  restoreIsNullOrUndefined();
  let reason = "is not installed";
  for (const name of ["@tensorflow/tfjs-node-gpu", "@tensorflow/tfjs-node"]) {
    try {
      require.resolve(name);
    } catch {
      continue;
    }
    try {
      // As with tfjs.ts: importing it takes half a second more.
      require(name);
      const { backend } = await import("./tfjs.js");
      const loaded = await started("tensorflow", "cpu", threads ?? availableParallelism());
      const { isUsingGpuDevice } = backend() as { isUsingGpuDevice?: boolean };
      return isUsingGpuDevice === true ? { ...loaded, device: "gpu" } : loaded;
    } catch (error) {
      reason = reasonOf(error);
    }
  }
  return { library: "tensorflow", reason };
}

/** Initialises a registered backend, which becomes the current one, and reports. */
async function started(library: Library, device: string, threads: number): Promise<LoadedLibrary> {
  const tf = await import("./tfjs.js");
  const done = await tf.setBackend(library);
  if (!done || tf.getBackend() !== library)
    throw new InternalError(`TensorFlow.js has no backend ${library}`);
  return { library, version: tf.version_core, device, threads };
}

/** Why something does not load, continuing its name. */
export function reasonOf(error: unknown): string {
  const [firstLine = ""] = String(error instanceof Error ? error.message : error).split("\n");
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (firstLine.includes("native addon module"))
    return "has no native module (`lerac backend build` makes it)";
  const isMissing = code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND";
  return isMissing ? "is not installed" : `does not load (${firstLine})`;
}

/**
 * The wasm module's glue code answers every uncaught error of the process by throwing it again from inside itself,
 * which hides where it came from. Whatever is registered while `run` works is taken off again.
 */
async function withoutNewListeners(run: () => Promise<void>): Promise<void> {
  const events = ["uncaughtException", "unhandledRejection"] as const;
  const before = new Map(events.map((event) => [event, new Set<unknown>(process.rawListeners(event))]));
  await run();
  for (const event of events) {
    for (const listener of process.rawListeners(event)) {
      if (!before.get(event)?.has(listener)) process.off(event, listener as () => void);
    }
  }
}

/** tfjs-node 4.22 calls a function of `node:util` that Node 23 dropped. */
function restoreIsNullOrUndefined(): void {
  const util = require("node:util") as { isNullOrUndefined?: (value: unknown) => boolean };
  util.isNullOrUndefined ??= (value) => value === null || value === undefined;
}

import { availableParallelism } from "node:os";
import { printable } from "../base/format.js";
import { fail, type LeracError } from "../diagnostics/index.js";
import { type DeviceName, whyNotOn } from "./devices.js";
import type { BackendInfo } from "./executor.js";
import { installRuntime, loadRuntime, type OnnxRuntime } from "./executors/onnx/runtime.js";
import { type LoadedNative, loadNative } from "./executors/tensorflow/native.js";
import { type Library, type LoadedLibrary, loadLibrary, type Refusal } from "./libraries.js";

/**
 * What may be asked for: `auto` takes the fastest that loads and can train the model (`fastest.ts`), `eager` the fastest
 * library of TensorFlow.js; `tensorflow`, `wasm` and `cpu` insist on theirs; `onnx` compiles whole steps into graphs for
 * onnxruntime.
 */
export const backendNames = ["auto", "tensorflow", "onnx", "eager", "wasm", "cpu"] as const;
export type BackendName = (typeof backendNames)[number];

/**
 * A backend's name as somebody typed it.
 *
 * @param from where they typed it, up to the name
 * @throws LeracError L0901 (exit 4) where there is none of this name
 */
export function readBackendName(name: string, from = "--backend "): BackendName {
  const known = backendNames.find((backend) => backend === name);
  if (known !== undefined) return known;
  throw fail("missing", "L0901", `there is no backend called ${printable(name)}`, {
    at: { place: `${from}${printable(name)}` },
    helps: [`there are ${backendNames.join(", ")}`],
  });
}

/** Fastest first. */
const libraries: readonly Library[] = ["tensorflow", "wasm", "cpu"];

/** One row of `lerac backend`. */
export interface BackendListing {
  readonly name: string;
  readonly available: boolean;
  /** Version and device where available, else why not. */
  readonly detail: string;
}

/**
 * Loads the library for a backend and describes the result.
 *
 * @throws LeracError L0901 where a library that was asked for by name is missing or does not load
 */
export async function chooseBackend(
  backend: Exclude<BackendName, "onnx" | "auto">,
  threads?: number,
): Promise<BackendInfo> {
  const anyWillDo = backend === "eager";
  const refusals: Refusal[] = [];
  for (const library of anyWillDo ? libraries : [backend]) {
    const loaded = await loadLibrary(library, threads);
    if ("reason" in loaded) refusals.push(loaded);
    else return describe(loaded, anyWillDo ? refusals : []);
  }
  throw missing(anyWillDo ? "eager" : backend, refusals);
}

/**
 * TensorFlow's native module, for compiled steps.
 * @throws LeracError L0901 where it is missing or does not load
 */
export function chooseTensorflow(threads?: number): LoadedNative {
  const loaded = loadNative(threads);
  if ("reason" in loaded) throw missing("tensorflow", [loaded]);
  return loaded;
}

/** Tries every library: slow where tfjs-node is installed (about a second). */
export async function listBackends(): Promise<BackendListing[]> {
  const rows: BackendListing[] = [];
  for (const library of libraries) {
    const loaded = await loadLibrary(library);
    rows.push(
      "reason" in loaded
        ? { name: library, available: false, detail: loaded.reason }
        : { name: library, available: true, detail: `TensorFlow.js ${loaded.version}, ${loaded.device}` },
    );
  }
  const onnx = await loadRuntime();
  rows.push(
    "reason" in onnx
      ? { name: "onnx", available: false, detail: onnx.reason }
      : { name: "onnx", available: true, detail: `onnxruntime ${onnx.version}, cpu, whole steps as graphs` },
  );
  return rows;
}

/**
 * The runtime of compiled steps, and its description.
 * @throws LeracError L0901 where it is missing or does not load, or does not compute on the device
 */
export async function chooseOnnx(
  threads: number | undefined,
  device: DeviceName,
): Promise<{ runtime: OnnxRuntime; info: BackendInfo }> {
  const loaded = await loadRuntime();
  if ("reason" in loaded) {
    throw fail("missing", "L0901", "backend onnx is not available on this machine", {
      at: { place: "--backend" },
      notes: [printable(`onnxruntime-node ${loaded.reason}`)],
      helps: [`\`${installRuntime}\` adds it`, "`--backend auto` takes the fastest that is there"],
    });
  }
  const { runtime, version } = loaded;
  const why = device === "cpu" ? null : await whyNotOn(runtime, device);
  if (why !== null) {
    throw fail("missing", "L0901", `device ${device} is not available on this machine`, {
      at: { place: `--device ${device}` },
      notes: [printable(`onnxruntime-node ${version}: ${why}`)],
      helps: ["without `--device` the processor computes"],
    });
  }
  return { runtime, info: { ...describeOnnx(version, threads), device } };
}

/** @param remark why it is not a faster one */
export function describeOnnx(version: string, threads?: number, remark = ""): BackendInfo {
  return {
    executor: "onnx",
    library: "onnxruntime",
    version,
    device: "cpu",
    threads: threads ?? availableParallelism(),
    remark,
  };
}

export function describe(loaded: LoadedLibrary, refusals: readonly Refusal[]): BackendInfo {
  const { library, version, device, threads } = loaded;
  const remark = refusals.map((refusal) => `${refusal.library} ${refusal.reason}`).join("; ");
  return { executor: "eager", library, version, device, threads, remark };
}

function missing(backend: string, refusals: readonly Refusal[]): LeracError {
  const installs: Readonly<Record<Library, string>> = {
    tensorflow: "`npm install @tensorflow/tfjs-node` (or @tensorflow/tfjs-node-gpu) adds it",
    wasm: "`npm install` in lerac's folder puts @tensorflow/tfjs-backend-wasm back",
    cpu: "`npm install` in lerac's folder puts @tensorflow/tfjs-backend-cpu back",
  };
  return fail("missing", "L0901", `backend ${backend} is not available on this machine`, {
    at: { place: "--backend" },
    notes: refusals.map((refusal) => printable(`${refusal.library} ${refusal.reason}`)),
    helps: [
      ...refusals.slice(0, 1).map((refusal) => installs[refusal.library]),
      ...(backend === "eager" ? [] : ["`--backend auto` takes the fastest that is there"]),
    ],
  });
}

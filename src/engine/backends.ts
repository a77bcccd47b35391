import { printable } from "../base/format.js";
import { fail, type LeracError } from "../diagnostics/index.js";
import type { BackendInfo } from "./executor.js";
import { type Library, type LoadedLibrary, loadLibrary, type Refusal } from "./libraries.js";

/**
 * What may be asked for: `auto` and `eager` take the fastest library that loads; `tensorflow`, `wasm` and `cpu` insist
 * on theirs; `onnx` is known by name only.
 */
export const backendNames = ["auto", "tensorflow", "onnx", "eager", "wasm", "cpu"] as const;
export type BackendName = (typeof backendNames)[number];

/**
 * A backend's name as somebody typed it.
 *
 * @throws LeracError L0901 (exit 4) where there is none of this name
 */
export function readBackendName(name: string): BackendName {
  const known = backendNames.find((backend) => backend === name);
  if (known !== undefined) return known;
  throw fail("missing", "L0901", `there is no backend called ${printable(name)}`, {
    at: { place: `--backend ${printable(name)}` },
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
 * @throws LeracError L0901 where a library that was asked for by name is missing or does not load, L0902 for `onnx`
 */
export async function chooseBackend(backend: BackendName, threads?: number): Promise<BackendInfo> {
  if (backend === "onnx") throw onnxIsNotBuilt();
  const anyWillDo = backend === "auto" || backend === "eager";
  const refusals: Refusal[] = [];
  for (const library of anyWillDo ? libraries : [backend]) {
    const loaded = await loadLibrary(library, threads);
    if ("reason" in loaded) refusals.push(loaded);
    else return describe(loaded, anyWillDo ? refusals : []);
  }
  throw missing(anyWillDo ? "eager" : backend, refusals);
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
  rows.push({ name: "onnx", available: false, detail: "not part of this version" });
  return rows;
}

function describe(loaded: LoadedLibrary, refusals: readonly Refusal[]): BackendInfo {
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

function onnxIsNotBuilt(): LeracError {
  return fail("missing", "L0902", "backend onnx is not part of this version of lerac", {
    at: { place: "--backend" },
    notes: ["the name is reserved for training steps run by onnxruntime-node"],
    helps: ["`--backend auto` takes the fastest backend that is there"],
  });
}

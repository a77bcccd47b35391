import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { type LoadedLibrary, prepareTensorflow, type Refusal, reasonOf } from "../../libraries.js";
import type { TensorflowBinding } from "./binding.js";

/** The packages of tfjs-node in the order in which they are loaded; both hold the sources of their native module. */
export const packages = ["@tensorflow/tfjs-node-gpu", "@tensorflow/tfjs-node"] as const;

const require = createRequire(import.meta.url);

export interface LoadedNative extends LoadedLibrary {
  readonly binding: TensorflowBinding;
}

/** The folder of a package; null where it is not installed. */
export function packageOf(name: (typeof packages)[number]): string | null {
  try {
    return dirname(require.resolve(`${name}/package.json`));
  } catch {
    return null;
  }
}

/**
 * Where the native module of tfjs-node lies in its package's folder: below the highest version of Node's interface that
 * both know.
 */
export function nativeModuleIn(folder: string): string {
  return join(folder, "lib", `napi-v${napiVersion(folder)}`, "tfjs_binding.node");
}

export function napiVersion(folder: string): number {
  const { binary } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    binary?: { napi_versions?: number[] };
  };
  const known = binary?.napi_versions ?? [8];
  const highest = Number(process.versions.napi ?? 8);
  return Math.max(...known.filter((version) => version <= highest));
}

/**
 * Loads tfjs-node's native module alone, which is all that compiled steps need: TensorFlow.js around it takes as long
 * again. It is the module that tfjs-node would load, so both may be used in one process.
 *
 * @param threads at its first load only
 */
export function loadNative(threads?: number): LoadedNative | Refusal {
  prepareTensorflow(threads);
  let reason = "is not installed";
  for (const name of packages) {
    const folder = packageOf(name);
    if (folder === null) continue;
    const path = nativeModuleIn(folder);
    if (!existsSync(path)) {
      reason = "has no native module (`lerac backend build` makes it)";
      continue;
    }
    try {
      const binding = require(path) as TensorflowBinding;
      const { version } = require("@tensorflow/tfjs-core/package.json") as { version: string };
      const device = binding.isUsingGpuDevice() ? "gpu" : "cpu";
      return { library: "tensorflow", version, device, threads: threads ?? availableParallelism(), binding };
    } catch (error) {
      reason = reasonOf(error);
    }
  }
  return { library: "tensorflow", reason };
}

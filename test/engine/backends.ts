import { listBackends } from "../../src/engine/index.js";
import type { Library } from "../../src/engine/libraries.js";

const available = (await listBackends()).filter((row) => row.available).map((row) => row.name);

/** The libraries that engine tests run on: the two that belong to lerac, and TensorFlow where it is installed. */
export const testedLibraries: readonly Library[] = [
  "wasm",
  "cpu",
  ...(available.includes("tensorflow") ? (["tensorflow"] as const) : []),
];

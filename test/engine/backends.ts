import { listBackends } from "../../src/engine/index.js";
import type { Library } from "../../src/engine/libraries.js";

const listed = await listBackends();
const available = listed.filter((row) => row.available).map((row) => row.name);

// Where somebody went to the length of providing a library, tests that pass by skipping it would say the wrong thing.
for (const name of (process.env.LERAC_REQUIRE ?? "").split(",").filter((one) => one !== "")) {
  const row = listed.find((each) => each.name === name);
  if (row?.available !== true)
    throw new Error(`LERAC_REQUIRE: backend ${name} ${row?.detail ?? "is none of ours"}`);
}

/** The libraries that engine tests run on: the two that belong to lerac, and TensorFlow where it is installed. */
export const testedLibraries: readonly Library[] = [
  "wasm",
  "cpu",
  ...(available.includes("tensorflow") ? (["tensorflow"] as const) : []),
];

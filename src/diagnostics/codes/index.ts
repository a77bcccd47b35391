import type { CodeEntry } from "./code.js";
import { entries } from "./registry.generated.js";

/** Every code by its name, in order. */
export const codes: ReadonlyMap<string, CodeEntry> = new Map(entries.map((entry) => [entry.code, entry]));

/** Families of codes, as the first two digits say them. */
export const codeFamilies: ReadonlyMap<string, string> = new Map([
  ["L00", "files and limits"],
  ["L01", "syntax"],
  ["L02", "names, units and shapes"],
  ["L03", "data"],
  ["L04", "curricula and levels"],
  ["L05", "train"],
  ["L06", "claims"],
  ["L07", "programs and runs"],
  ["L08", "lints"],
  ["L09", "machine and command line"],
]);

export * from "./code.js";
export { completeSpec } from "./example-spec.js";

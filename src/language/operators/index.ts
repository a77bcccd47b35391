import type { Operator } from "./operator.js";
import { entries } from "./registry.generated.js";

/** Every operator of the language by name. */
export const operators: ReadonlyMap<string, Operator> = new Map(entries.map((entry) => [entry.name, entry]));

export * from "./operator.js";

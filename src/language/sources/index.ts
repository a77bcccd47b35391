import { catalogue } from "../catalogue.js";
import { entries } from "./registry.generated.js";
import type { SourceEntry } from "./source.js";

export type { FieldKind, SourceEntry } from "./source.js";

export type SourceName = (typeof entries)[number]["name"];

/** Every kind of source by name. */
export const sources = catalogue<SourceEntry>(entries);

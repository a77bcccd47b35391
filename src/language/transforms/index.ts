import { catalogue } from "../catalogue.js";
import { entries } from "./registry.generated.js";
import type { TransformEntry } from "./transform.js";

export { isUnfit, type TransformEntry, type Transformed, type Unfit } from "./transform.js";

export type TransformName = (typeof entries)[number]["name"];

/** Every transform by name. */
export const transforms = catalogue<TransformEntry>(entries);

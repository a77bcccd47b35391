import { catalogue, type Entry } from "../catalogue.js";
import { entries } from "./registry.generated.js";

/** Update rules by name. What each computes stands in `engine/optimizers/`. */
export const optimizers = catalogue<Entry>(entries);

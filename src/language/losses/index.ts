import { catalogue } from "../catalogue.js";
import type { LossEntry } from "./loss.js";
import { entries } from "./registry.generated.js";

export type { LossEntry, TargetKind } from "./loss.js";

/** Losses by name. What each computes stands in `engine/losses/`. */
export const losses = catalogue<LossEntry>(entries);

import { convKinds } from "./conv.js";
import { elementwiseKinds } from "./elementwise.js";
import type { Kind } from "./kind.js";
import { linearKinds } from "./linear.js";
import { lossKinds } from "./loss.js";
import { moveKinds } from "./move.js";
import { normKinds } from "./norm.js";
import { rowNormKinds } from "./norm-rows.js";
import { poolKinds } from "./pool.js";
import { randomKinds } from "./random.js";
import { updateKinds } from "./update.js";

export type { Kind } from "./kind.js";

/** Every kind of operation that a compiled step may hold, by name. Names without `lerac.` are TensorFlow.js's own. */
export const kinds: ReadonlyMap<string, Kind> = new Map(
  [
    ...elementwiseKinds,
    ...linearKinds,
    ...convKinds,
    ...poolKinds,
    ...normKinds,
    ...rowNormKinds,
    ...moveKinds,
    ...lossKinds,
    ...randomKinds,
    ...updateKinds,
  ].map((entry) => [entry.name, entry]),
);

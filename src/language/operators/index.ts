import { add } from "./add.js";
import { batchNorm } from "./batch_norm.js";
import { conv2d } from "./conv2d.js";
import { dense } from "./dense.js";
import { dropout } from "./dropout.js";
import { flatten } from "./flatten.js";
import { globalAvgPool } from "./global_avg_pool.js";
import { maxPool } from "./max_pool.js";
import type { Operator } from "./operator.js";
import { relu } from "./relu.js";

/** Every operator of the language by name. */
export const operators: ReadonlyMap<string, Operator> = new Map(
  [add, batchNorm, conv2d, dense, dropout, flatten, globalAvgPool, maxPool, relu].map((entry) => [
    entry.name,
    entry,
  ]),
);

export * from "./operator.js";

import { unreachable } from "../../base/invariant.js";
import type { OptimizerProgram } from "../../program/types.js";
import { adam } from "./adam.js";
import type { Optimizer } from "./optimizer.js";
import { sgd } from "./sgd.js";

export type { Optimizer, UpdateInput } from "./optimizer.js";

/** The update rule that a program names. */
export function optimizerFor(program: OptimizerProgram): Optimizer {
  switch (program.kind) {
    case "sgd":
      return sgd(program);
    case "adam":
      return adam(program);
    default:
      return unreachable(program);
  }
}

import { unreachable } from "../../base/invariant.js";
import type { OptimizerProgram } from "../../program/types.js";
import { adagrad } from "./adagrad.js";
import { adam, adamw } from "./adam.js";
import { adamax } from "./adamax.js";
import { lamb } from "./lamb.js";
import type { Optimizer } from "./optimizer.js";
import { rmsprop } from "./rmsprop.js";
import { sgd } from "./sgd.js";

export type { Optimizer, UpdateInput } from "./optimizer.js";

/** The update rule that a program names. */
export function optimizerFor(program: OptimizerProgram): Optimizer {
  switch (program.kind) {
    case "sgd":
      return sgd(program);
    case "adam":
      return adam(program);
    case "adamw":
      return adamw(program);
    case "adamax":
      return adamax(program);
    case "lamb":
      return lamb(program);
    case "rmsprop":
      return rmsprop(program);
    case "adagrad":
      return adagrad(program);
    default:
      return unreachable(program);
  }
}

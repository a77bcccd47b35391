import { unreachable } from "../../base/invariant.js";
import { fail } from "../../diagnostics/index.js";
import type { LossProgram } from "../../program/types.js";
import { binaryCrossEntropy } from "./bce.js";
import { crossEntropy } from "./cross_entropy.js";
import { focal } from "./focal.js";
import type { Loss } from "./loss.js";
import { huber, meanAbsoluteError, meanSquaredError } from "./regression.js";

export type { Loss, Truth } from "./loss.js";

/**
 * The loss that a program names.
 * @throws LeracError L0543 for `detection`, which can be checked and planned only
 */
export function lossFor(program: LossProgram): Loss {
  switch (program.kind) {
    case "cross_entropy":
      return crossEntropy(program);
    case "focal":
      return focal(program);
    case "bce":
      return binaryCrossEntropy();
    case "mse":
      return meanSquaredError();
    case "mae":
      return meanAbsoluteError();
    case "huber":
      return huber(program.delta);
    case "smooth_l1":
      return huber(program.beta, 1 / program.beta);
    case "detection":
      throw fail("missing", "L0543", "training with the loss `detection` is not built yet", {
        at: { place: "the loss of `train`" },
        notes: ["its layers, sizes and rates can be checked and planned"],
        helps: ["`lerac plan` shows what would run"],
      });
    default:
      return unreachable(program);
  }
}

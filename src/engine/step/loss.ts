import type { LossProgram } from "../../program/types.js";
import type { Attributes } from "../graph/types.js";
import { cannotCompile } from "./refusal.js";

/** A loss as one operation: outputs, truth (, weights of the rows) → the sum of losses, and its gradient by the outputs. */
export interface CompiledLoss {
  readonly kind: string;
  readonly attributes: Attributes;
  /** The input that outputs are compared with: classes, or numbers. */
  readonly truth: "labels" | "targets";
  /** Samples count by their class: the host says each step what the sum is divided by. */
  readonly weighsClasses: boolean;
}

/** @throws LeracError L0903 for a loss that is not compiled yet */
export function compiledLoss(loss: LossProgram): CompiledLoss {
  const errors = (curve: string, delta = 1, scale = 1): CompiledLoss => ({
    kind: "lerac.ErrorLoss",
    attributes: { curve, delta, scale },
    truth: "targets",
    weighsClasses: false,
  });
  switch (loss.kind) {
    case "cross_entropy": {
      const { smoothing, weights } = loss;
      return {
        kind: "lerac.SoftmaxCrossEntropy",
        attributes: { smoothing, weights: weights ?? [] },
        truth: "labels",
        weighsClasses: weights !== null,
      };
    }
    case "bce":
      return { kind: "lerac.BinaryCrossEntropy", attributes: {}, truth: "labels", weighsClasses: false };
    case "mse":
      return errors("square");
    case "mae":
      return errors("absolute");
    case "huber":
      return errors("huber", loss.delta);
    case "smooth_l1":
      return errors("huber", loss.beta, 1 / loss.beta);
    default:
      throw cannotCompile(`the loss is ${loss.kind}`);
  }
}

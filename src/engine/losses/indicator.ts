import type { Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import { cast, oneHot } from "../tfjs.js";

/** 1 at each sample's class, else 0: [B] → [B, K]. Made of whole numbers: wasm's one-hot writes no other type rightly. */
export function indicator(labels: Tensor1D, classes: number): Tensor2D {
  return cast(oneHot(labels, classes), "float32") as Tensor2D;
}

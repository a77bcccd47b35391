import type { LossEntry } from "./loss.js";

export const entry: LossEntry = {
  name: "bce",
  summary:
    "Sigmoid of each output against 1 for the sample's class and 0 for the others; the mean over all outputs.",
  source: "PyTorch BCEWithLogitsLoss",
  target: "class",
  activation: "sigmoid",
  oneOutputForTwoClasses: true,
  arguments: {},
};

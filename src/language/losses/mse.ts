import type { LossEntry } from "./loss.js";

export const entry: LossEntry = {
  name: "mse",
  summary: "The mean of the squared errors.",
  source: "PyTorch MSELoss",
  target: "number",
  arguments: {},
};

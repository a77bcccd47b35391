import type { LossEntry } from "./loss.js";

export const entry: LossEntry = {
  name: "mae",
  summary: "The mean of the absolute errors.",
  source: "PyTorch L1Loss",
  target: "number",
  arguments: {},
};

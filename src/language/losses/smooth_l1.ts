import { number } from "../arguments.js";
import type { LossEntry } from "./loss.js";

export const entry: LossEntry = {
  name: "smooth_l1",
  summary: "Huber's loss over `beta`: slope 1 for large errors whatever `beta` is. `huber(beta) / beta`.",
  source: "Girshick 2015; PyTorch SmoothL1Loss",
  target: "number",
  arguments: {
    beta: number("where squares end", { default: 1, minimum: 1e-12 }),
  },
};

import { number } from "../arguments.js";
import type { LossEntry } from "./loss.js";

export const entry: LossEntry = {
  name: "huber",
  summary: "Half the squared error up to `delta`, beyond it the absolute one with that slope.",
  source: "Huber 1964; PyTorch HuberLoss",
  target: "number",
  arguments: {
    delta: number("where squares end", { default: 1, minimum: 1e-12 }),
  },
};

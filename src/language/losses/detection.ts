import { number } from "../arguments.js";
import type { LossEntry } from "./loss.js";

export const entry: LossEntry = {
  name: "detection",
  summary: "Position, presence and class of boxes, weighted, over the maps of a `detect` head.",
  source: "Jocher et al., YOLOv5",
  target: "boxes",
  arguments: {
    box: number("weight of position and size", { default: 0.05, minimum: 0 }),
    objectness: number("weight of presence", { default: 1, minimum: 0 }),
    class: number("weight of the class", { default: 0.5, minimum: 0 }),
  },
};

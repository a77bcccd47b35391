/** What `first-weights.ts` starts: draws tensors of its order and hands them over, without a copy. */
import { parentPort, workerData } from "node:worker_threads";
import { type DrawingOrder, drawRest } from "./first-weights.js";

const weights = drawRest(workerData as DrawingOrder);
parentPort?.postMessage(
  weights,
  [...weights.values()].map(({ buffer }) => buffer as ArrayBuffer),
);

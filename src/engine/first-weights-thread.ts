/** What `first-weights.ts` starts: draws the tensors of its order and hands them over, without a copy. */
import { parentPort, workerData } from "node:worker_threads";
import type { DrawingOrder } from "./first-weights.js";
import { initialValues } from "./initial.js";

const { tensors, seed } = workerData as DrawingOrder;
const weights = new Map(tensors.map((tensor) => [tensor.address, initialValues(tensor, seed)]));
parentPort?.postMessage(
  weights,
  [...weights.values()].map(({ buffer }) => buffer as ArrayBuffer),
);

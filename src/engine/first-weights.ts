import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { TensorProgram, TrainingProgram } from "../program/types.js";
import { initialValues } from "./initial.js";

/** Random numbers from which on they are drawn in a thread of their own, which takes some 50 ms to start. */
const worthAThread = 1_000_000;

/** What the thread is told. */
export interface DrawingOrder {
  readonly tensors: readonly TensorProgram[];
  readonly seed: number;
}

export type FirstWeights = ReadonlyMap<string, Float32Array>;

/**
 * Begins to draw the first weights and statistics of a model; large models in a thread, so that they are there when the
 * step is compiled. Which way was taken makes no difference to the numbers.
 *
 * @returns what waits for them: the arrays, by address, are the caller's
 */
export function drawFirstWeights({ model }: TrainingProgram, seed: number): () => Promise<FirstWeights> {
  const tensors = model.layers.flatMap((layer) => layer.tensors);
  const entry = fileURLToPath(new URL("./first-weights-thread.js", import.meta.url));
  // Where the sources are run as they are, as in tests, no thread can be started from them.
  const large = tensors.reduce((sum, tensor) => sum + drawsOf(tensor), 0) >= worthAThread;
  if (!large || !existsSync(entry)) return async () => drawn({ tensors, seed });
  const thread = new Worker(entry, { workerData: { tensors, seed } });
  // A program that ends for another reason does not wait for them.
  thread.unref();
  const weights = sentBy(thread).catch(() => drawn({ tensors, seed }));
  return () => {
    thread.ref();
    return weights;
  };
}

function drawsOf({ init, shape }: TensorProgram): number {
  return init.kind === "constant" ? 0 : shape.reduce((product, extent) => product * extent, 1);
}

function drawn({ tensors, seed }: DrawingOrder): FirstWeights {
  return new Map(tensors.map((tensor) => [tensor.address, initialValues(tensor, seed)]));
}

function sentBy(thread: Worker): Promise<FirstWeights> {
  return new Promise((resolve, reject) => {
    thread.once("message", resolve);
    thread.once("error", reject);
    thread.once("exit", () => reject(new Error("the thread that draws first weights has ended")));
  });
}

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { TensorProgram, TrainingProgram } from "../program/types.js";
import { initialValues } from "./initial.js";

/** The thread's program. Where the sources are run as they are, as in tests, there is none. */
const compiledThread = fileURLToPath(new URL("./first-weights-thread.js", import.meta.url));

/** Random numbers from which on they are drawn in a thread of their own, which takes some 50 ms to start. */
const worthAThread = 1_000_000;

/** What the thread is told. */
export interface DrawingOrder {
  readonly tensors: readonly TensorProgram[];
  readonly seed: number;
  /** One shared number: how many of the tensors somebody has begun to draw. */
  readonly begun: Int32Array;
}

export type FirstWeights = ReadonlyMap<string, Float32Array>;

/**
 * Begins to draw the first weights and statistics of a model; large models in a thread, while the step is compiled. Who
 * waits for them draws along, tensor by tensor. Who drew what makes no difference to the numbers.
 *
 * @param entry the thread's program; without one nobody helps
 * @returns what waits for them, to be called once: the arrays, by address, are the caller's
 */
export function drawFirstWeights(
  { model }: Pick<TrainingProgram, "model">,
  seed: number,
  entry = compiledThread,
): () => Promise<FirstWeights> {
  const tensors = model.layers.flatMap((layer) => layer.tensors);
  const large = tensors.reduce((sum, tensor) => sum + drawsOf(tensor), 0) >= worthAThread;
  // The largest first: nobody is left alone with a large one at the end.
  const order: DrawingOrder = {
    tensors: tensors.toSorted((a, b) => drawsOf(b) - drawsOf(a)),
    seed,
    begun: new Int32Array(new SharedArrayBuffer(4)),
  };
  if (!large || !existsSync(entry)) return async () => drawRest(order);
  const thread = new Worker(entry, { workerData: order });
  // A program that ends for another reason does not wait for them.
  thread.unref();
  const sent = sentBy(thread).catch(() => null);
  return async () => {
    thread.ref();
    const drawn = drawRest(order);
    const others = await sent;
    if (others !== null) return new Map([...others, ...drawn]);
    const lost = tensors.filter(({ address }) => !drawn.has(address));
    return new Map([...drawn, ...drawRest({ ...order, tensors: lost, begun: new Int32Array(1) })]);
  };
}

/** Draws tensors that nobody has begun, one after another until there are none. */
export function drawRest({ tensors, seed, begun }: DrawingOrder): FirstWeights {
  const drawn = new Map<string, Float32Array>();
  for (;;) {
    const tensor = tensors[Atomics.add(begun, 0, 1)];
    if (tensor === undefined) return drawn;
    drawn.set(tensor.address, initialValues(tensor, seed));
  }
}

function drawsOf({ init, shape }: TensorProgram): number {
  return init.kind === "constant" ? 0 : shape.reduce((product, extent) => product * extent, 1);
}

function sentBy(thread: Worker): Promise<FirstWeights> {
  return new Promise((resolve, reject) => {
    thread.once("message", resolve);
    thread.once("error", reject);
    thread.once("exit", () => reject(new Error("the thread that draws first weights has ended")));
  });
}

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { SHARE_ENV, type TransferListItem, Worker } from "node:worker_threads";
import type { TrainingProgram } from "../../program/types.js";
import type {
  BackendInfo,
  Batch,
  EvaluationOutcome,
  Executor,
  NamedTensor,
  StepOptions,
  StepOutcome,
} from "../executor.js";
import { type ExecutorOptions, loadExecutor } from "../load.js";
import {
  asError,
  ownMemory,
  type Reply,
  type Request,
  type ThreadHint,
  type ThreadOrder,
} from "./messages.js";

/** The thread's program. Where the sources are run as they are, as in tests, there is none. */
const compiledThread = fileURLToPath(new URL("./executor-thread.js", import.meta.url));

/** A thread that waits for a program, of which it will make an executor. */
export interface ExecutorThread {
  readonly worker: Worker;
  /** What it says first. */
  readonly reply: Promise<Reply>;
}

/**
 * Starts the thread of an executor while there is no program yet: it loads its libraries meanwhile. Where it is not
 * needed after all, it keeps nobody from ending.
 * @param entry the thread's program
 * @returns null without one
 */
export function startExecutorThread(hint: ThreadHint, entry = compiledThread): ExecutorThread | null {
  if (!existsSync(entry)) return null;
  // TensorFlow reads settings from the process's environment, which a thread otherwise has a copy of.
  const worker = new Worker(entry, { workerData: hint, env: SHARE_ENV });
  worker.unref();
  const reply = firstReply(worker);
  // Who gives it a program hears of it.
  reply.catch(() => {});
  return { worker, reply };
}

/**
 * As `loadExecutor`, in a thread of its own: the caller goes on while a step is compiled or computed. Inputs of batches are
 * handed over, so a batch is given once.
 * @param thread one that was started before; without one all happens in this thread
 */
export async function loadThreadExecutor(
  program: TrainingProgram,
  options: ExecutorOptions,
  thread = startExecutorThread(options),
): Promise<Executor> {
  if (thread === null) return loadExecutor(program, options);
  return ThreadExecutor.start(thread, { program, options });
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

class ThreadExecutor implements Executor {
  readonly #thread: Worker;
  /** Requests that are not answered yet, in their order, which is that of the answers. */
  readonly #waiting: Waiting[] = [];
  #ended: Error | null = null;
  #tensors: number | null = null;
  #stepsDone = 0;

  private constructor(
    thread: Worker,
    readonly info: BackendInfo,
  ) {
    this.#thread = thread;
    thread.on("message", (reply: Reply) => {
      const waiting = this.#waiting.shift();
      if (reply.kind === "failure") {
        waiting?.reject(asError(reply.error));
        return;
      }
      this.#tensors = reply.tensors;
      if (reply.kind === "answer") waiting?.resolve(reply.value);
    });
    thread.on("error", (error) => this.#end(error));
    thread.on("exit", () => this.#end(new Error("the thread that trains has ended")));
  }

  static async start({ worker, reply: first }: ExecutorThread, order: ThreadOrder): Promise<Executor> {
    worker.ref();
    worker.postMessage(order);
    try {
      const reply = await first;
      if (reply.kind === "failure") throw asError(reply.error);
      if (reply.kind !== "ready") throw new Error("the thread that trains answers what nobody asked");
      const executor = new ThreadExecutor(worker, reply.info);
      executor.#tensors = reply.tensors;
      return executor;
    } catch (error) {
      await worker.terminate();
      throw error;
    }
  }

  get stepsDone(): number {
    return this.#stepsDone;
  }

  set stepsDone(steps: number) {
    this.#stepsDone = steps;
    this.#post({ ask: "stepsDone", args: [steps] });
  }

  writePlan(base: number, rows: readonly Float32Array[]): void {
    this.#post({ ask: "writePlan", args: [base, rows] });
  }

  async step(batch: Batch, options?: StepOptions): Promise<StepOutcome> {
    const outcome = await this.#ask<StepOutcome>({ ask: "step", args: [batch, options] }, inputsOf(batch));
    this.#stepsDone++;
    return outcome;
  }

  evaluate(batch: Batch): Promise<EvaluationOutcome> {
    return this.#ask({ ask: "evaluate", args: [batch] }, inputsOf(batch));
  }

  predict(batch: Batch): Promise<Float32Array> {
    return this.#ask({ ask: "predict", args: [batch] }, inputsOf(batch));
  }

  read(names?: readonly string[]): Promise<Map<string, NamedTensor>> {
    return this.#ask({ ask: "read", args: [names] });
  }

  write(tensors: ReadonlyMap<string, NamedTensor>): Promise<void> {
    return this.#ask({ ask: "write", args: [tensors] });
  }

  tensorCount(): number | null {
    return this.#tensors;
  }

  dispose(): void {
    this.#post({ ask: "dispose", args: [] });
    this.#thread.unref();
  }

  #ask<T>(request: Request, transfer: readonly TransferListItem[] = []): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== null) {
        reject(this.#ended);
        return;
      }
      this.#waiting.push({ resolve: resolve as (value: unknown) => void, reject });
      this.#post(request, transfer);
    });
  }

  #post(request: Request, transfer: readonly TransferListItem[] = []): void {
    this.#thread.postMessage(request, transfer);
  }

  /** Nothing is answered any more. */
  #end(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#ended);
  }
}

function firstReply(thread: Worker): Promise<Reply> {
  return new Promise((resolve, reject) => {
    thread.once("message", resolve);
    thread.once("error", reject);
    thread.once("exit", () => reject(new Error("the thread that trains ended before it began")));
  });
}

function inputsOf({ inputs }: Batch): ArrayBuffer[] {
  return ownMemory([...inputs.values()].map(({ values }) => values));
}

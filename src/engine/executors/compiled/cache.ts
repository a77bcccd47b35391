import type { StepGraph } from "../../graph/types.js";
import type { GraphRunner, Runtime } from "./runner.js";

/** Graphs that are ready to run at the same time: those of a run's usual and last batches, evaluation, and some more. */
const largest = 6;

/**
 * Graphs taken until one of the same kind that was not among them gives way: sets of frozen levels, which follow each
 * other and seldom come back, each hold the memory of a whole step. One that does come back is made again, which takes
 * about as long as a step.
 */
const forgotten = 256;

interface Kept {
  readonly runner: Promise<GraphRunner>;
  readonly kind: string;
  lastTaken: number;
}

/** The graphs that are ready to run; the one that was not used for longest gives way. */
export class RunnerCache {
  readonly #runtime: Runtime;
  readonly #runners = new Map<string, Kept>();
  #taken = 0;

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  /** @param kind of those that take each other's place in a run */
  get(key: string, kind: string, trace: () => StepGraph): Promise<GraphRunner> {
    const lastTaken = this.#taken++;
    const kept = this.#runners.get(key) ?? { runner: this.#make(trace), kind, lastTaken };
    kept.lastTaken = lastTaken;
    // A map keeps the order of insertion: the newest goes to its end.
    this.#runners.delete(key);
    this.#runners.set(key, kept);
    const late = [...this.#runners].filter(
      ([, other]) => other.kind === kind && lastTaken - other.lastTaken >= forgotten,
    );
    for (const [name] of late) this.#drop(name);
    if (this.#runners.size > largest) {
      const [oldest] = this.#runners.keys();
      if (oldest !== undefined) this.#drop(oldest);
    }
    return kept.runner;
  }

  dispose(): void {
    for (const key of [...this.#runners.keys()]) this.#drop(key);
  }

  async #make(trace: () => StepGraph): Promise<GraphRunner> {
    return this.#runtime.open(trace());
  }

  #drop(key: string): void {
    const kept = this.#runners.get(key);
    this.#runners.delete(key);
    // One that failed to start has said so to whom it was made for.
    void kept?.runner.then((made) => made.dispose()).catch(() => {});
  }
}

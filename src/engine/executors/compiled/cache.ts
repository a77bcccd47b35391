import type { StepGraph } from "../../graph/types.js";
import type { GraphRunner, Runtime } from "./runner.js";

/** Graphs that are ready to run at the same time: those of a run's usual and last batches, evaluation, and some more. */
const largest = 6;

/** The graphs that are ready to run; the one that was not used for longest gives way. */
export class RunnerCache {
  readonly #runtime: Runtime;
  readonly #runners = new Map<string, Promise<GraphRunner>>();

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  get(key: string, trace: () => StepGraph): Promise<GraphRunner> {
    const made = this.#runners.get(key) ?? this.#make(trace);
    // A map keeps the order of insertion: the newest goes to its end.
    this.#runners.delete(key);
    this.#runners.set(key, made);
    if (this.#runners.size > largest) {
      const [oldest] = this.#runners.keys();
      if (oldest !== undefined) this.#drop(oldest);
    }
    return made;
  }

  dispose(): void {
    for (const key of [...this.#runners.keys()]) this.#drop(key);
  }

  async #make(trace: () => StepGraph): Promise<GraphRunner> {
    return this.#runtime.open(trace());
  }

  #drop(key: string): void {
    const runner = this.#runners.get(key);
    this.#runners.delete(key);
    // One that failed to start has said so to whom it was made for.
    void runner?.then((made) => made.dispose()).catch(() => {});
  }
}

/** What the trainer's time goes into. */
export type Activity = "step" | "data" | "evaluate" | "checkpoint" | "pause";

export type TimeSplit = Record<Activity | "other", number>;

/** Attributes wall time to activities; what no activity claims is `other`. Seconds. */
export class Stopwatch {
  readonly #now: () => number;
  #start: number;
  #spent: Record<Activity, number>;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#start = now();
    this.#spent = nothing();
  }

  /** Runs something and books its time. Activities do not nest. */
  async measure<T>(activity: Activity, work: () => Promise<T>): Promise<T> {
    const begin = this.#now();
    try {
      return await work();
    } finally {
      this.#spent[activity] += (this.#now() - begin) / 1000;
    }
  }

  /** Seconds since the last lap. */
  get elapsed(): number {
    return (this.#now() - this.#start) / 1000;
  }

  /** Where the time since the last lap went; begins a new one. */
  lap(): TimeSplit {
    const total = this.elapsed;
    const spent = this.#spent;
    const claimed = spent.step + spent.data + spent.evaluate + spent.checkpoint + spent.pause;
    this.#start = this.#now();
    this.#spent = nothing();
    return { ...spent, other: Math.max(0, total - claimed) };
  }
}

function nothing(): Record<Activity, number> {
  return { step: 0, data: 0, evaluate: 0, checkpoint: 0, pause: 0 };
}

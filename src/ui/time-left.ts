/** Seconds between two changes of the number that is shown. */
const holdSeconds = 2;

/**
 * The estimate of the time left, made calm: the expected *end* is smoothed with a time constant of the last epoch, and
 * what is shown changes at most once in two seconds. Null until the trainer itself has an estimate.
 */
export class TimeLeft {
  #end: number | null = null;
  #last = 0;
  #shown: number | null = null;
  #shownAt = Number.NEGATIVE_INFINITY;

  /** The trainer's estimate at a moment (seconds), smoothed over `span` seconds. */
  estimate(at: number, left: number | null, span: number): void {
    if (left === null || !Number.isFinite(left)) {
      this.#end = null;
      this.#shown = null;
      return;
    }
    const end = at + left;
    if (this.#end === null) {
      this.#end = end;
    } else {
      const weight = 1 - Math.exp(-Math.max(0, at - this.#last) / Math.max(1, span));
      this.#end += weight * (end - this.#end);
    }
    this.#last = at;
    if (at - this.#shownAt >= holdSeconds || this.#shown === null) {
      this.#shown = Math.max(0, this.#end - at);
      this.#shownAt = at;
    }
  }

  /** Seconds left, as shown. */
  get seconds(): number | null {
    return this.#shown;
  }
}

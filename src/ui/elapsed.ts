/**
 * Time spent in a run, read off its events: pauses and the time between the end of one process and a resume are left
 * out. Milliseconds since 1970 in, seconds out.
 */
export class TrainingClock {
  #seconds = 0;
  #last: number | null = null;
  #paused = false;

  get paused(): boolean {
    return this.#paused;
  }

  /** Moment of the last event, in milliseconds since 1970. */
  get last(): number | null {
    return this.#last;
  }

  /** An event happened. `begins`: it opens a run or resumes one, so what came before it was no training. */
  tick(at: number, begins: boolean): void {
    if (this.#last !== null && !begins && !this.#paused) this.#seconds += Math.max(0, at - this.#last) / 1000;
    this.#last = at;
    if (begins) this.#paused = false;
  }

  pause(paused: boolean): void {
    this.#paused = paused;
  }

  /** Seconds up to the last event. */
  get seconds(): number {
    return this.#seconds;
  }

  /** Seconds up to now, for a run that is known to go on. */
  secondsAt(now: number): number {
    if (this.#paused || this.#last === null) return this.#seconds;
    return this.#seconds + Math.max(0, now - this.#last) / 1000;
  }
}

/** Before so much is known, an estimate would mislead. */
const stepsNeeded = 20;
const secondsNeeded = 5;

/**
 * How long a run will still take: the smoothed time of a step over about one epoch, plus the evaluations ahead at
 * what the last one took.
 */
export class TimeLeft {
  readonly #stepsPerEpoch: number;
  #steps = 0;
  #seconds = 0;
  #stepSeconds = 0;
  #evaluationSeconds = 0;

  constructor(stepsPerEpoch: number) {
    this.#stepsPerEpoch = stepsPerEpoch;
  }

  /** So many steps took so many seconds, everything but pauses and evaluations included. */
  addSteps(steps: number, seconds: number): void {
    if (steps === 0) return;
    this.#steps += steps;
    this.#seconds += seconds;
    // A plain mean until a whole epoch is in, then an exponential one with an epoch's memory. The first steps of a
    // process are slow (code is compiled), so they must be able to fade.
    const memory = Math.min(this.#steps, Math.max(stepsNeeded, this.#stepsPerEpoch));
    const weight = Math.min(1, steps / memory);
    this.#stepSeconds += weight * (seconds / steps - this.#stepSeconds);
  }

  addEvaluation(seconds: number): void {
    this.#evaluationSeconds = seconds;
  }

  /** Seconds; null while too little is known. */
  estimate(ahead: { readonly steps: number; readonly evaluations: number }): number | null {
    if (this.#steps < stepsNeeded || this.#seconds < secondsNeeded) return null;
    return ahead.steps * this.#stepSeconds + ahead.evaluations * this.#evaluationSeconds;
  }
}

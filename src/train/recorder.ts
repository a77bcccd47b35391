import type { StepOutcome } from "../engine/executor.js";
import type { EventLog } from "../runs/index.js";
import { addStep, emptySums, means } from "./progress.js";
import type { Stopwatch } from "./stopwatch.js";
import type { TimeLeft } from "./time-left.js";

/** Seconds between two records: 0.1 at first, so that a curve appears at once; 1 from the tenth minute on. */
function recordEvery(elapsed: number): number {
  return Math.min(1, Math.max(0.1, elapsed / 600));
}

/** Gathers steps into `step` events. */
export class StepRecorder {
  readonly #log: EventLog;
  readonly #stopwatch: Stopwatch;
  readonly #timeLeft: TimeLeft;
  #sums = emptySums();
  #steps = 0;
  #last: StepOutcome | null = null;
  /** Of the last step that was measured. */
  #measured: Pick<StepOutcome, "gradNorm" | "updateRatio"> = {
    gradNorm: new Float32Array(0),
    updateRatio: new Float32Array(0),
  };

  constructor(log: EventLog, stopwatch: Stopwatch, timeLeft: TimeLeft) {
    this.#log = log;
    this.#stopwatch = stopwatch;
    this.#timeLeft = timeLeft;
  }

  add(outcome: StepOutcome): void {
    addStep(this.#sums, outcome);
    this.#steps++;
    this.#last = outcome;
    if (outcome.gradNorm.length > 0) this.#measured = outcome;
  }

  /** Whether the next record is due after so many seconds of training. */
  due(trainedSeconds: number): boolean {
    return this.#stopwatch.elapsed >= recordEvery(trainedSeconds);
  }

  /** Writes the record of the steps since the last one, if there were any. */
  flush(ahead: { readonly steps: number; readonly evaluations: number }): void {
    if (this.#last === null) return;
    const { pause: _, ...seconds } = this.#stopwatch.lap();
    const training = seconds.step + seconds.data + seconds.other;
    this.#timeLeft.addSteps(this.#steps, training + seconds.checkpoint);
    const { loss, ...metrics } = means(this.#sums);
    this.#log.write({
      type: "step",
      loss,
      metrics,
      rates: [...this.#last.applied],
      update_ratio: [...this.#measured.updateRatio],
      grad_norm: [...this.#measured.gradNorm],
      steps_per_second: this.#steps / training,
      samples_per_second: this.#sums.samples / training,
      seconds,
      left_seconds: this.#timeLeft.estimate(ahead),
    });
    this.#sums = emptySums();
    this.#steps = 0;
    this.#last = null;
  }
}

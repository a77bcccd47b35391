import type { TrainingProgram } from "../program/types.js";
import type { RunEndEvent, RunEvent } from "../runs/events.js";
import type { LogName } from "../runs/record.js";

/** How and where a program is trained: what `lerac run` takes as flags. */
export interface TrainOptions {
  /** Folder with the data. Default: the path that the spec names, seen from the current folder. */
  readonly data?: string;
  /** Default: the first seed of the spec. */
  readonly seed?: number;
  /** Which fold is tested on, from 1, where the data have folds. Default: the first. */
  readonly fold?: number;
  /** `auto`, `tensorflow`, `wasm`, `cpu`, … Default `auto`: the fastest that loads. */
  readonly backend?: string;
  /** Default: what the backend likes. */
  readonly threads?: number;
  /** End early, after so many epochs or so many steps; the rate plan stays that of the full run. */
  readonly epochs?: number;
  readonly steps?: number;
  /** A .safetensors file to start from. */
  readonly init?: string;
  /** Files for other programs, in the run folder: `tensorboard/`, `log.csv`. */
  readonly logs?: readonly LogName[];
  /** The run folder, new or empty. Default: a new one in `runs`. */
  readonly out?: string;
  /** Text of the spec, kept with the run for whoever looks at it later. */
  readonly spec?: { readonly file: string; readonly text: string };
  /**
   * Stops the run: the step at work is finished and a checkpoint saved, as after Ctrl-C. `result` then resolves with
   * the outcome `stopped`; a signal that was aborted before anything was made rejects with its reason.
   */
  readonly signal?: AbortSignal;
}

/** How a run ended. */
export interface TrainResult {
  /** Absolute path of the run folder: `lerac show`, `resume` and `eval` take it. */
  readonly folder: string;
  readonly outcome: "completed" | "stopped" | "aborted";
  /** Seconds of training, pauses left out. */
  readonly seconds: number;
  /** The kept checkpoint, with the metric that it was kept for. */
  readonly best: RunEndEvent["best"];
  /** Metrics of the kept checkpoint by `SPLIT.METRIC`. */
  readonly final: RunEndEvent["final"];
}

/** A run at work. Its events are those of `lerac run --json` (`lerac explain events`), from the first on. */
export interface Training extends AsyncIterable<RunEvent> {
  /** Rejects with a `LeracError` where the run could not begin or failed. */
  readonly result: Promise<TrainResult>;
}

/**
 * Trains a program in a process of its own, as `lerac run` does, so that a native library that crashes does not take
 * this process with it. Leaving the loop over the events early does not end the run; `signal` does. When this process
 * ends first, the run goes on by itself.
 *
 * @throws never by itself: all faults come by `result`, and from the loop over the events
 */
export function train(program: TrainingProgram, options: TrainOptions = {}): Training {
  const started = import("./training.js").then(({ startTraining }) => startTraining(program, options));
  const result = started.then((training) => training.result);
  // Whoever only reads the events hears of a failure there.
  result.catch(() => undefined);
  return {
    result,
    async *[Symbol.asyncIterator]() {
      const training = await started;
      yield* training.events();
      await result;
    },
  };
}

import { resolve } from "node:path";
import { ownPackage } from "../base/package-folder.js";
import { datasetSizes } from "../data/index.js";
import { fail } from "../diagnostics/index.js";
import { readBackendName } from "../engine/backends.js";
import type { TrainingProgram } from "../program/types.js";
import {
  createRun,
  followEvents,
  logNames,
  type Run,
  type RunEvent,
  type RunOptions,
  sendCommand,
} from "../runs/index.js";
import { foldOf } from "../train/fold.js";
import { launchTrainer, type TrainerExit } from "../train/launch.js";
import { failureOf } from "../train/outcome.js";
import { refuseUntrainable, refuseWeights } from "../train/trainable.js";
import type { TrainOptions, TrainResult } from "./train.js";

/** A run whose trainer has been started. */
export interface StartedTraining {
  readonly result: Promise<TrainResult>;
  /** From the first on, until the trainer's last. */
  events(): AsyncGenerator<RunEvent>;
}

/**
 * Refuses what can't be trained before anything is made, makes the run folder and starts the trainer.
 * @throws LeracError as `lerac run`; the signal's reason where it was aborted before the start
 */
export async function startTraining(
  program: TrainingProgram,
  options: TrainOptions,
): Promise<StartedTraining> {
  const { signal } = options;
  signal?.throwIfAborted();
  const asked = runOptions(program, options);
  readBackendName(asked.backend);
  refuseWeights(program, asked.init);
  refuseUntrainable(program);
  const fold = foldOf(program, options.fold ?? null, "fold");
  await datasetSizes(program.data, { folder: asked.data, fold });
  signal?.throwIfAborted();
  const run = await createRun({
    runsFolder: "runs",
    ...(options.out === undefined ? {} : { out: options.out }),
    spec: { name: options.spec?.file ?? "program.json", text: options.spec?.text ?? "" },
    program,
    version: ownPackage()?.version ?? "unknown",
    seed: options.seed ?? (program.experiment.seeds[0] as number),
    fold,
    options: asked,
  });
  const trainer = launchTrainer(run);
  const stop = () => sendCommand(run, "stop", "api");
  if (signal?.aborted) stop();
  signal?.addEventListener("abort", stop, { once: true });
  const ended = trainer.wait().finally(() => signal?.removeEventListener("abort", stop));
  const result = ended.then((exit) => resultOf(run, exit));
  result.catch(() => undefined);
  return { result, events: () => eventsOf(run, ended) };
}

function runOptions(program: TrainingProgram, options: TrainOptions): RunOptions {
  const { epochs = null, steps = null, seed, threads = null } = options;
  for (const [name, value, least] of [
    ["epochs", epochs, 1],
    ["steps", steps, 1],
    ["threads", threads, 1],
    ["seed", seed ?? null, 0],
    ["fold", options.fold ?? null, 1],
  ] as const) {
    if (value === null || (Number.isSafeInteger(value) && value >= least)) continue;
    throw fail("usage", "L0920", `\`${name}\` is a whole number from ${least} on, not ${value}`, {
      at: { place: name },
    });
  }
  if (epochs !== null && steps !== null) {
    throw fail("usage", "L0920", "a run ends after so many epochs or so many steps, not both", {
      at: { place: `epochs: ${epochs}, steps: ${steps}` },
    });
  }
  const unknown = options.logs?.find((name) => !logNames.includes(name));
  if (unknown !== undefined) {
    throw fail("usage", "L0920", `there is no log called \`${unknown}\``, {
      at: { place: "logs" },
      helps: [`there are ${logNames.join(" and ")}`],
    });
  }
  return {
    data: resolve(options.data ?? program.data.source.path),
    backend: options.backend ?? "auto",
    threads,
    epochs,
    steps,
    ...(options.logs === undefined ? {} : { logs: options.logs }),
    init: options.init === undefined ? null : { file: resolve(options.init), sha256: null },
  };
}

function resultOf(run: Run, exit: TrainerExit): TrainResult {
  const failure = failureOf(exit, run.folder);
  if (failure !== null) throw failure;
  const { end } = exit;
  if (end === null || end.outcome === "failed") {
    throw fail("training", "L0719", "the trainer ended without a word", { at: { place: run.folder } });
  }
  const { outcome, seconds, best, final } = end;
  return { folder: run.folder, outcome, seconds, best, final };
}

/** Milliseconds after the trainer's end in which its last lines are found in the file. */
const lastLook = 300;

async function* eventsOf(run: Run, ended: Promise<TrainerExit>): AsyncGenerator<RunEvent> {
  const reading = new AbortController();
  const over = () => setTimeout(() => reading.abort(), lastLook);
  ended.then(over, over);
  for await (const batch of followEvents(run.paths.events, { signal: reading.signal })) {
    for (const event of batch) {
      yield event;
      if (event.type === "run.end") return;
    }
  }
}

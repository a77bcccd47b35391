import { type Dataset, openDataset } from "../data/index.js";
import type { Executor } from "../engine/executor.js";
import { announcement, loadThreadExecutor } from "../engine/index.js";
import type { TrainingProgram } from "../program/types.js";
import { type EventLog, keepVocabulary, type PhaseEvent, type Run } from "../runs/index.js";
import { type BatchSource, trainingBatches } from "./batch-source.js";
import type { Control } from "./control.js";
import { startFromInit } from "./initial-weights.js";
import { PlanWindow } from "./plan-window.js";
import { freshProgress, type Progress } from "./progress.js";
import { completeRecord, refuseChangedData, runStart } from "./put-on-record.js";
import { StepRecorder } from "./recorder.js";
import { restoreLatest } from "./restore.js";
import { type ExecutorLoader, openExecutor, readRunProgram } from "./run-program.js";
import { Stopwatch } from "./stopwatch.js";
import { TimeLeft } from "./time-left.js";
import { makeTimetable, type Timetable } from "./timetable.js";
import { refuseLatePlan, refuseUntrainable } from "./trainable.js";

/** Everything a training loop works with. */
export interface Session {
  readonly run: Run;
  readonly program: TrainingProgram;
  readonly timetable: Timetable;
  readonly dataset: Dataset;
  readonly executor: Executor;
  readonly log: EventLog;
  readonly control: Control;
  readonly batches: BatchSource;
  readonly window: PlanWindow;
  readonly stopwatch: Stopwatch;
  readonly timeLeft: TimeLeft;
  readonly recorder: StepRecorder;
  readonly progress: Progress;
  /** The newest checkpoint on disk. */
  saved: { readonly name: string; readonly settled: boolean } | null;
  /** When it was written, or this part of the run began: milliseconds of `performance.now()`. */
  savedAt: number;
  /** Whether the next step opens an epoch, or this part of the run: its rates are then put on record. */
  announceRates: boolean;
  paused: boolean;
  /** The step after which to stop, when asked to stop after an epoch. */
  stopAt: number | null;
  /** Until when the time is booked, in milliseconds of `performance.now()`. */
  bookedUntil: number;
}

export interface SessionRequest {
  readonly run: Run;
  readonly log: EventLog;
  readonly control: Control;
  readonly resume: boolean;
  /** Version of lerac at work. */
  readonly version: string;
  readonly load?: ExecutorLoader;
}

/**
 * Opens program, data and backend, restores what a resumed run had, and puts it all on record (`run.start`).
 * @throws LeracError when something needed is missing, damaged or changed.
 */
export async function openSession(request: SessionRequest): Promise<Session> {
  const { log, control } = request;
  const { record } = request.run;
  const endPhase = beginPhase(log, "compile");
  const program = readRunProgram(request.run);
  refuseUntrainable(program);
  const { dataset, timetable, executor } = await openDataAndExecutor(request, program);
  const restored = request.resume ? await restoreLatest(request.run, executor, log) : null;
  const init = restored === null ? await startFromInit(record, program, executor) : record.options.init;
  const run = await completeRecord(request.run, { backend: executor.info, data: dataset.digest, init }, log);
  endPhase();

  const progress = restored?.progress ?? freshProgress();
  const stopwatch = new Stopwatch();
  const timeLeft = new TimeLeft(timetable.clock.stepsPerEpoch);
  const session: Session = {
    run,
    program,
    timetable,
    dataset,
    executor,
    log,
    control,
    batches: trainingBatches(program, dataset.train, {
      seed: record.seed,
      stepsPerEpoch: timetable.clock.stepsPerEpoch,
    }),
    window: new PlanWindow(program.plan, timetable.clock),
    stopwatch,
    timeLeft,
    recorder: new StepRecorder(log, stopwatch, timeLeft),
    progress,
    saved: restored && { name: restored.name, settled: progress.settled },
    savedAt: performance.now(),
    announceRates: true,
    paused: false,
    stopAt: null,
    bookedUntil: performance.now(),
  };
  placeLog(session);
  const resumedFrom = request.resume ? progress.step : null;
  log.write(runStart(run, program, { timetable, executor, dataset, version: request.version, resumedFrom }));
  const said = announcement(executor.info);
  if (said !== null) log.write({ type: "log", level: "info", text: said });
  return session;
}

/** The step is compiled while the data are opened. Where both fail it is the data that are told of. */
async function openDataAndExecutor(
  { run, load = loadThreadExecutor }: SessionRequest,
  program: TrainingProgram,
) {
  const { record } = run;
  const opening = openExecutor(record, program, load);
  // It is waited for below; until then a refusal is nobody's fault.
  opening.catch(() => {});
  try {
    const dataset = await openDataset(program.data, { folder: record.options.data, fold: record.fold });
    refuseChangedData(record, dataset.digest);
    if (dataset.vocabulary !== null) await keepVocabulary(run, dataset.vocabulary);
    const timetable = makeTimetable(program, dataset.train.size, record.options);
    refuseLatePlan(program, timetable.clock);
    return { dataset, timetable, executor: await opening };
  } catch (error) {
    void opening.then(
      (executor) => executor.dispose(),
      () => {},
    );
    throw error;
  }
}

/** Moves the head of all further events to where training stands. */
export function placeLog({ log, progress, timetable }: Session): void {
  log.position = { step: progress.step, epoch: progress.step / timetable.clock.stepsPerEpoch };
}

/** Adds the time since the last call to the seconds of training. */
export function bookTime(session: Session): void {
  const now = performance.now();
  const seconds = (now - session.bookedUntil) / 1000;
  session.progress.seconds += seconds;
  session.progress.epoch.seconds += seconds;
  session.bookedUntil = now;
}

/** Says that something longer begins. @returns says that it is over, or how far it is. */
export function beginPhase(
  log: EventLog,
  phase: PhaseEvent["phase"],
  total: number | null = null,
): (progress?: number) => void {
  const began = performance.now();
  const say = (state: PhaseEvent["state"], done: number) =>
    log.write({ type: "phase", phase, state, done, total, seconds: (performance.now() - began) / 1000 });
  say("begin", 0);
  return (progress) => (progress === undefined ? say("end", total ?? 1) : say("progress", progress));
}

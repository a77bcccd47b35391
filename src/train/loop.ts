import { exitCodes } from "../diagnostics/index.js";
import { removePartialFiles } from "../runs/atomic-file.js";
import { EventLog, lockRun, openRun, type Run, type RunEndEvent } from "../runs/index.js";
import { Control, type Ending } from "./control.js";
import { describeFailure } from "./failure.js";
import { keptCheckpoint, measureKept } from "./finish.js";
import { flushSteps } from "./flush-steps.js";
import { startLogs } from "./logs/start-logs.js";
import { refuseWrongStart } from "./may-start.js";
import { Interrupted } from "./measure.js";
import { obey } from "./obey.js";
import { startPulse } from "./pulse.js";
import type { ExecutorLoader } from "./run-program.js";
import { save } from "./save.js";
import { beginPhase, bookTime, openSession, type Session } from "./session.js";
import { settle } from "./settle.js";
import { takeStep } from "./step.js";

export interface TrainOptions {
  /** Go on from the newest checkpoint; from the start where there is none. */
  readonly resume?: boolean;
  /** What the run is asked for while it trains. */
  readonly control?: Control;
  /** Version of lerac at work; that which made the run when left out. */
  readonly version?: string;
  /** How the executor is got. */
  readonly load?: ExecutorLoader;
}

/**
 * Trains a run to its end, or until it is stopped, and puts everything on record in its folder. Whatever happens after
 * the lock is taken ends in a `run.end` event, which is also the result.
 * @throws LeracError when nothing was begun: L0707 another trainer is at work, L0722 the run was trained before and
 *   `resume` is not set, L0712 there is nothing left to resume.
 */
export async function train(launched: Run, options: TrainOptions = {}): Promise<RunEndEvent> {
  const lock = lockRun(launched);
  try {
    // As it stands now: an earlier trainer may have completed the record since it was read.
    const run = openRun(launched.folder);
    refuseWrongStart(run, options.resume ?? false);
    await removePartialFiles(run.folder);
    await removePartialFiles(run.paths.checkpoints);
    const log = new EventLog(run.paths.events, run.record.name);
    try {
      return await trainOnRecord(run, log, options);
    } finally {
      log.close();
    }
  } finally {
    lock.release();
  }
}

async function trainOnRecord(run: Run, log: EventLog, options: TrainOptions): Promise<RunEndEvent> {
  let session: Session | null = null;
  const finishLogs = startLogs(run, log);
  const stopPulse = startPulse(log, run.folder, () => session?.executor ?? null);
  try {
    session = await openSession({
      run,
      log,
      control: options.control ?? new Control(),
      resume: options.resume ?? false,
      version: options.version ?? run.record.lerac,
      ...(options.load === undefined ? {} : { load: options.load }),
    });
    const ending = await runSteps(session);
    return await conclude(session, ending);
  } catch (error) {
    const failure = describeFailure(error);
    // For trainer.log; the event has what a user needs.
    if (failure.error.code === null) console.error(error);
    return end(log, session, {
      outcome: "failed",
      exit: failure.exit,
      code: failure.error.code,
      error: failure.error,
    });
  } finally {
    stopPulse();
    await finishLogs();
    await session?.batches.close();
    await session?.dataset.close();
    session?.executor.dispose();
  }
}

/**
 * The training loop. Between any two steps the run is whole: all that is due after the last one is done, or noted as
 * still to be done, so a checkpoint made there lets it go on bit for bit.
 * @returns how the run was asked to end; null when it came to its last step.
 */
async function runSteps(session: Session): Promise<Ending | null> {
  const { progress, timetable, log } = session;
  const endPhase = beginPhase(log, "train", timetable.lastStep);
  for (;;) {
    const ending = await obey(session);
    const isLast = progress.step >= timetable.lastStep || progress.ended === true;
    const done = progress.settled && isLast;
    if (ending !== null || done) {
      flushSteps(session);
      endPhase();
      return ending;
    }
    if (!progress.settled) await settle(session);
    else await takeStep(session);
  }
}

/** Saves, or measures what was kept, and says how it ended. */
async function conclude(session: Session, ending: Ending | null): Promise<RunEndEvent> {
  const { log } = session;
  if (ending === "abort") return end(log, session, { outcome: "aborted", exit: exitCodes.aborted });
  if (ending === "stop") {
    await save(session, "stop");
    return end(log, session, { outcome: "stopped", exit: exitCodes.stopped });
  }
  try {
    return end(log, session, { outcome: "completed", exit: exitCodes.ok, final: await measureKept(session) });
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    // Training is complete and on disk; only measuring it was cut short. Resuming does just that.
    const ending = await obey(session);
    return ending === "abort"
      ? end(log, session, { outcome: "aborted", exit: exitCodes.aborted })
      : end(log, session, { outcome: "stopped", exit: exitCodes.stopped });
  }
}

function end(
  log: EventLog,
  session: Session | null,
  result: Pick<RunEndEvent, "outcome" | "exit"> & Partial<RunEndEvent>,
): RunEndEvent {
  if (session !== null) bookTime(session);
  const event: RunEndEvent = {
    type: "run.end",
    seconds: session?.progress.seconds ?? 0,
    best: session === null ? {} : keptCheckpoint(session),
    final: {},
    code: null,
    ...result,
  };
  log.write(event);
  return event;
}

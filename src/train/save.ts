import { canonicalJson, type Json, sha256 } from "../base/canonical-json.js";
import type { CheckpointEvent } from "../runs/index.js";
import { plannedRates } from "./audit.js";
import { checkpointName, pruneCheckpoints, saveCheckpoint } from "./checkpoint.js";
import { findUnsound, healthEvent, healthFailure } from "./health.js";
import { beginPhase, bookTime, type Session } from "./session.js";

/** Writes the state of training to disk, says so, and removes the checkpoints that are not needed any more. */
export async function save(session: Session, reason: CheckpointEvent["reason"]): Promise<void> {
  const { run, program, executor, log, progress } = session;
  const name = checkpointName(progress.step);
  // The same state is on disk already, and a user's request is the only reason that must be noted in the file.
  if (session.saved?.name === name && session.saved.settled === progress.settled && reason !== "request")
    return;
  bookTime(session);
  await session.stopwatch.measure("checkpoint", async () => {
    const endPhase = beginPhase(log, "checkpoint");
    const tensors = await executor.read();
    refuseUnsound(session, tensors);
    const saved = await saveCheckpoint(run, tensors, {
      program: run.record.program,
      plan: sha256(canonicalJson(program.plan as unknown as Json)),
      seed: run.record.seed,
      reason,
      seq: log.seq,
      progress,
    });
    session.saved = { name, settled: progress.settled };
    session.savedAt = performance.now();
    endPhase();
    log.write({ type: "checkpoint", ...saved, reason, best: progress.best?.checkpoint === name });
    const { best } = progress;
    await pruneCheckpoints(run, new Set(best === null ? [name] : [name, best.checkpoint]));
  });
  bookTime(session);
}

/** @throws LeracError L0504 when a tensor holds a number that is none */
function refuseUnsound(
  { program, timetable, log, progress, saved }: Session,
  tensors: Parameters<typeof findUnsound>[0],
): void {
  const ailment = findUnsound(tensors);
  if (ailment === null) return;
  log.write(healthEvent(ailment));
  const { step, plateau } = progress;
  throw healthFailure(ailment, {
    step,
    epoch: step / timetable.clock.stepsPerEpoch,
    plan: program.plan,
    rates: plannedRates(program.plan, timetable.clock, Math.max(0, step - 1), plateau?.drops),
    checkpoint: saved?.name ?? null,
  });
}

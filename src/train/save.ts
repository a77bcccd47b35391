import { canonicalJson, type Json, sha256 } from "../base/canonical-json.js";
import type { CheckpointEvent } from "../runs/index.js";
import { checkpointName, pruneCheckpoints, saveCheckpoint } from "./checkpoint.js";
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
    const saved = await saveCheckpoint(run, await executor.read(), {
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

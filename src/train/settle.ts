import { checkpointName } from "./checkpoint.js";
import { followPlateau, stopEarly } from "./host-driven.js";
import { Interrupted, measure, watchedSplits } from "./measure.js";
import { emptySums, means } from "./progress.js";
import { save } from "./save.js";
import { isBetter, keptValue, metricReference } from "./selection.js";
import { bookTime, type Session } from "./session.js";
import { endsEpoch, evaluationDue } from "./timetable.js";

/** Seconds: epochs shorter than that do not each get a checkpoint. */
const checkpointsApart = 10;

/** Whether anything is due after the step just done. */
export function needsSettling(session: Session): boolean {
  const { timetable, progress } = session;
  return endsEpoch(timetable, progress.step) || evaluationDue(timetable, progress.step);
}

/**
 * Does what is due between a step and the next: evaluation, choice of the best, the epoch's record, checkpoint. Cut
 * short by a command to end the run, it has changed nothing and is done again, from its start, when the run resumes.
 */
export async function settle(session: Session): Promise<void> {
  const { timetable, progress, log, program } = session;
  const { step } = progress;
  const epochEnds = endsEpoch(timetable, step);
  const train = epochEnds ? means(progress.epoch) : null;

  const measured: Record<string, { readonly loss: number; readonly [metric: string]: number }> = {};
  if (evaluationDue(timetable, step)) {
    try {
      const began = performance.now();
      for (const split of watchedSplits(session))
        measured[split.name] = (await measure(session, split, null)).metrics;
      session.timeLeft.addEvaluation((performance.now() - began) / 1000);
    } catch (error) {
      if (error instanceof Interrupted) return;
      throw error;
    }
  }

  const { keep } = program.train;
  const found = train === null ? measured : { ...measured, train };
  const value = keptValue(keep, found);
  const best =
    value !== null && keep.kind === "best" && isBetter(keep.metric, value, progress.best?.value ?? null);
  if (best)
    progress.best = {
      checkpoint: checkpointName(step),
      metric: metricReference(keep.split, keep.metric),
      value,
      epoch: step / timetable.clock.stepsPerEpoch,
    };

  bookTime(session);
  if (train !== null) {
    log.write({ type: "epoch", train, val: measured.val ?? null, best, seconds: progress.epoch.seconds });
    progress.lastEpoch = train;
    progress.epoch = emptySums();
    session.announceRates = true;
  }
  progress.settled = true;
  followPlateau(session, found);
  stopEarly(session, found);

  const sinceSaved = (performance.now() - session.savedAt) / 1000;
  if (step === timetable.lastStep || progress.ended === true) await save(session, "end");
  else if (epochEnds && sinceSaved >= checkpointsApart) await save(session, "epoch");
  else if (best) await save(session, "best");
}

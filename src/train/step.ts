import { auditFailure, firstDifference, plannedRates } from "./audit.js";
import { flushSteps } from "./flush-steps.js";
import { findAilment, healthEvent, healthFailure } from "./health.js";
import { addStep } from "./progress.js";
import { bookTime, placeLog, type Session } from "./session.js";
import { needsSettling } from "./settle.js";

/**
 * Norms and ratios of levels are measured when rates change at an epoch and every so many steps: they cost as much as a
 * tenth of a small net's step, and say the same for a while.
 */
const measureEvery = 16;

/**
 * One step of training, in the order: rates, batch, step, audit, health, records.
 * @throws LeracError L0710 when the rates applied are not the planned ones, L0504 when the loss or a gradient is not
 *   finite. Then the step does not count.
 */
export async function takeStep(session: Session): Promise<void> {
  const { program, timetable, executor, log, progress, stopwatch } = session;
  const { clock } = timetable;
  const { step } = progress;

  // Rates: the executor has the row of this step before it needs it.
  const drops = progress.plateau?.drops ?? 0;
  session.window.cover(step, executor, drops);
  const batch = await stopwatch.measure("data", () => session.batches.at(step));
  const measure = session.announceRates || step % measureEvery === 0;
  const outcome = await stopwatch.measure("step", () => executor.step(batch, { measure }));

  // Audit: what the updates consumed is what the plan says, to the last bit, at every step.
  const planned = plannedRates(program.plan, clock, step, drops);
  const difference = firstDifference(planned, outcome.applied);
  if (session.announceRates || difference !== null) {
    log.write({
      type: "rates",
      t: step / clock.stepsPerEpoch,
      planned: [...planned],
      applied: [...outcome.applied],
      equal: difference === null,
    });
    session.announceRates = false;
  }
  if (difference !== null)
    throw auditFailure(program.plan, difference, { planned, applied: outcome.applied, step: step + 1 });

  const ailment = findAilment(outcome, program.plan);
  if (ailment !== null) {
    log.write(healthEvent(ailment));
    throw healthFailure(ailment, {
      step: step + 1,
      epoch: step / clock.stepsPerEpoch,
      plan: program.plan,
      rates: planned,
      checkpoint: session.saved?.name ?? null,
    });
  }

  progress.step = step + 1;
  addStep(progress.epoch, outcome);
  session.recorder.add(outcome);
  bookTime(session);
  placeLog(session);
  progress.settled = !needsSettling(session);
  if (!progress.settled || session.recorder.due(progress.seconds)) flushSteps(session);

  // Lets signals and timers in: a chain of promises alone would keep them out.
  await new Promise(setImmediate);
}

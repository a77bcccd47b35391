import type { Command } from "../runs/index.js";
import type { Ending } from "./control.js";
import { flushSteps } from "./flush-steps.js";
import { Interrupted, measure } from "./measure.js";
import { save } from "./save.js";
import { beginPhase, bookTime, type Session } from "./session.js";

/**
 * Carries out what was asked for since the last step, and waits while the run is paused.
 * @returns how the run has to end now, or null: go on.
 */
export async function obey(session: Session): Promise<Ending | null> {
  const { control, progress } = session;
  const ending = await carryOut(session, control.take());
  if (ending !== null) return ending;
  if (session.paused) {
    const ending = await pause(session);
    if (ending !== null) return ending;
  }
  const stopsHere = session.stopAt !== null && progress.settled && progress.step >= session.stopAt;
  return stopsHere ? "stop" : null;
}

/** Waits, without the clock of training, for `continue` or an end. */
async function pause(session: Session): Promise<Ending | null> {
  bookTime(session);
  flushSteps(session);
  const phase = beginPhase(session.log, "pause");
  let ending: Ending | null = null;
  while (session.paused && ending === null) {
    const commands = await session.stopwatch.measure("pause", () => session.control.wait());
    session.bookedUntil = performance.now();
    ending = await carryOut(session, commands);
    // An evaluation or a checkpoint has phases of its own; the pause goes on behind them.
    if (session.paused && ending === null) phase(0);
  }
  phase();
  return ending;
}

async function carryOut(session: Session, commands: readonly Command[]): Promise<Ending | null> {
  let ending: Ending | null = null;
  for (const command of commands) {
    const answer = (refusal: string | null) =>
      session.log.write({ type: "command", ...command, accepted: refusal === null, reason: refusal });
    switch (command.command) {
      case "abort":
        ending = "abort";
        answer(null);
        break;
      case "stop":
        answer(ending === null ? null : "the run is ending already");
        ending ??= "stop";
        break;
      default:
        if (ending !== null) answer("the run is ending");
        else await carryOutOne(session, command.command, answer);
    }
  }
  return ending;
}

async function carryOutOne(
  session: Session,
  command: Exclude<Command["command"], "stop" | "abort">,
  answer: (refusal: string | null) => void,
): Promise<void> {
  switch (command) {
    case "pause":
      answer(session.paused ? "the run is paused already" : null);
      session.paused = true;
      return;
    case "continue":
      answer(session.paused ? null : "the run is not paused");
      session.paused = false;
      return;
    case "checkpoint":
      answer(null);
      flushSteps(session);
      await save(session, "request");
      return;
    case "evaluate":
      if (session.dataset.val === null) return answer("the spec has no `val` split");
      answer(null);
      try {
        await measure(session, session.dataset.val, null);
      } catch (error) {
        // The command that ends the run is next in the queue.
        if (!(error instanceof Interrupted)) throw error;
      }
      return;
    case "stop_after_epoch": {
      answer(null);
      const { stepsPerEpoch } = session.timetable.clock;
      const { step, settled } = session.progress;
      // While the end of an epoch is being settled, that epoch is the one meant.
      const nextEnd = (Math.floor((settled ? step : step - 1) / stepsPerEpoch) + 1) * stepsPerEpoch;
      session.stopAt = session.stopAt === null ? nextEnd : null;
      return;
    }
  }
}

import { curriculumEnd, inSteps, isTime, type RatePlan, ratesAt, schedules } from "../plan/index.js";
import { freshPlateau, isOver, plateauAfter, watch } from "./patience.js";
import type { Session } from "./session.js";

/** What was measured after a step, by split; `train` at the end of an epoch only. */
export type Measured = Readonly<Record<string, Readonly<Record<string, number>> | undefined>>;

/** What the schedule of a plan watches; null where it watches nothing. */
export function watchedBySchedule(plan: RatePlan) {
  const { kind, metric, patience, threshold } = plan.schedule;
  if (schedules.get(kind)?.watches !== true) return null;
  if (typeof metric !== "object" || metric === null || !("split" in metric) || !isTime(patience)) return null;
  return { ...metric, patience, threshold: typeof threshold === "number" ? threshold : 0 };
}

/** Every split that decides something while a run trains, besides `keep`. */
export function decidingSplits({ program }: Pick<Session, "program">): string[] {
  const { stop } = program.train;
  const watched = watchedBySchedule(program.plan);
  return [...(stop?.kind === "early" ? [stop.split] : []), ...(watched === null ? [] : [watched.split])];
}

/**
 * Lowers the rate where the schedule's metric has stayed as it is for too long. It is watched from the end of the
 * curriculum on; after a drop it is given the same patience anew, with its best value so far.
 */
export function followPlateau(session: Session, measured: Measured): void {
  const { program, progress, timetable, log } = session;
  const { clock } = timetable;
  const watched = watchedBySchedule(program.plan);
  const value = watched === null ? undefined : measured[watched.split]?.[watched.metric];
  if (watched === null || value === undefined || progress.step < curriculumEnd(program.plan, clock)) return;
  const { step } = progress;
  const { drops, watched: seen } = progress.plateau ?? freshPlateau;
  const rule = { ...watched, patience: inSteps(watched.patience, clock) };
  const after = plateauAfter({ drops, watched: seen }, rule, value, step);
  progress.plateau = after;
  if (after.drops === drops) return;
  // At its floor, or where every level is held, another drop changes nothing.
  const now = Math.min(step, clock.steps - 1);
  if (
    ratesAt(program.plan, clock, now, drops).join() === ratesAt(program.plan, clock, now, drops + 1).join()
  ) {
    progress.plateau = { ...after, drops };
    return;
  }
  session.announceRates = true;
  log.write({
    type: "log",
    level: "info",
    text: `${watched.split}.${watched.metric} has not become better since step ${seen?.since ?? 0}: the rates drop`,
  });
}

/** Ends the run where `stop` says so. Called when all else that is due after a step is done. */
export function stopEarly(session: Session, measured: Measured): void {
  const { program, progress, timetable, log } = session;
  const { stop } = program.train;
  if (stop === undefined) return;
  const say = (text: string) => {
    progress.ended = true;
    log.write({ type: "log", level: "info", text });
  };
  if (stop.kind === "after") {
    if (progress.seconds >= stop.seconds) say(`stopped early: it has trained for ${stop.seconds} seconds`);
    return;
  }
  const value = measured[stop.split]?.[stop.metric];
  if (value === undefined) return;
  const state = watch(progress.early ?? null, stop.metric, value, progress.step);
  progress.early = state;
  if (isOver(state, progress.step, inSteps(stop.patience, timetable.clock)))
    say(`stopped early: ${stop.split}.${stop.metric} has not become better since step ${state.since}`);
}

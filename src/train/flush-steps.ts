import type { Session } from "./session.js";
import { evaluationsAhead } from "./timetable.js";

/** Puts the steps done so far on record before something else is. */
export function flushSteps(session: Session): void {
  const { recorder, timetable, progress } = session;
  recorder.flush({
    steps: timetable.lastStep - progress.step,
    evaluations: evaluationsAhead(timetable, progress.step) + 1,
  });
}

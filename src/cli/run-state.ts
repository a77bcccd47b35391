import { statSync } from "node:fs";
import { lastTrainerLines, type Run, readHistory, trainerIsGone } from "../runs/index.js";
import type { PlanView } from "../ui/rate-view.js";
import { RunState, type TrainerExit } from "../ui/state.js";

/** What a run's events say of it up to now, and whether its trainer is gone without a word. */
export interface KnownRun {
  readonly state: RunState;
  /** The newest value of everything measured, by `SPLIT.METRIC`; at the end of a run, that of the kept checkpoint. */
  readonly measured: ReadonlyMap<string, number>;
  /** Neither an event nor a trainer: it died before it could begin. */
  readonly empty: boolean;
}

/** Enough where no rates are shown. */
const noPlan: PlanView = { rates: () => [], until: null, epochs: 0 };

/**
 * Reads the history of a run once.
 * @param now milliseconds since 1970
 * @param plan with it, everything that a picture of the run needs is read; without, only the outline.
 */
export function knownRun(run: Run, now: number, plan?: PlanView): KnownRun {
  // Before the history is read: a trainer says how it ended before it goes.
  const gone = trainerIsGone(run, hasEvents(run), now);
  const state = new RunState(plan ?? noPlan);
  const measured = new Map<string, number>();
  for (const event of readHistory(run.paths.events, { brief: plan === undefined })) {
    state.apply(event);
    if (event.type === "epoch") {
      note(measured, "train", event.train);
      note(measured, "val", event.val ?? {});
    }
    if (event.type === "evaluation") note(measured, event.split, event.metrics);
    if (event.type === "run.end")
      for (const [name, value] of Object.entries(event.final)) measured.set(name, value);
  }
  if (gone && state.live) state.exited(unseenExit(run, state.clock.last));
  return { state, measured, empty: gone && state.clock.last === null };
}

function hasEvents(run: Run): boolean {
  return (statSync(run.paths.events, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/** How a trainer ended that nobody waited for: only what it printed last, since its last event, is known. */
export function unseenExit(run: Run, lastEvent: number | null): TrainerExit {
  const printed = statSync(run.paths.log, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  // What was printed long before belongs to an earlier trainer.
  const recent = lastEvent === null || printed > lastEvent - 1000;
  return { code: null, signal: null, stderr: recent ? lastTrainerLines(run.paths.log) : [] };
}

function note(measured: Map<string, number>, split: string, metrics: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(metrics)) measured.set(`${split}.${name}`, value);
}

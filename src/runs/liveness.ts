import type { Run } from "./folder.js";
import { currentTrainer } from "./lock.js";

/** A trainer needs a moment from its launch to its lock; milliseconds, with room for a loaded machine. */
const startTakes = 15_000;

/**
 * Whether the trainer of a run is known to be gone, which, without a `run.end`, means that it died. One on another
 * machine can't be asked and is not gone; neither is one that was only just launched.
 *
 * @param began whether the run has said anything yet
 * @param now milliseconds since 1970
 */
export function trainerIsGone(run: Run, began: boolean, now: number): boolean {
  if (currentTrainer(run) !== null) return false;
  return began || now - Date.parse(run.record.created) > startTakes;
}

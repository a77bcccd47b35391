import { hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { currentTrainer, type Run } from "../runs/index.js";

/** Milliseconds that an aborted trainer gets to end by itself. */
export const abortPatience = 5000;

/**
 * Waits until the trainer of a run, which was asked to abort, is gone; one on this machine that does not go is ended.
 * @returns whether it is gone.
 */
export async function endTrainer(run: Run): Promise<boolean> {
  for (const deadline = Date.now() + abortPatience; Date.now() < deadline; await delay(100))
    if (currentTrainer(run) === null) return true;
  const trainer = currentTrainer(run);
  if (trainer === null) return true;
  if (trainer.host !== hostname()) return false;
  try {
    process.kill(trainer.pid, "SIGKILL");
  } catch {
    // It has ended in the meantime, or belongs to somebody else: the next look tells.
  }
  await delay(200);
  return currentTrainer(run) === null;
}

import { fail } from "../diagnostics/index.js";
import type { Executor } from "../engine/executor.js";
import type { EventLog, Run } from "../runs/index.js";
import { type LoadedCheckpoint, listCheckpoints, loadCheckpoint } from "./checkpoint.js";
import { findMisfits } from "./initial-weights.js";
import type { Progress } from "./progress.js";

/**
 * Sets an executor to the newest checkpoint of a run.
 * @returns what it said of training; null when the run has none yet and begins anew.
 * @throws LeracError L0706, L0711 as `loadCheckpoint`.
 */
export async function restoreLatest(
  run: Run,
  executor: Executor,
  log: EventLog,
): Promise<{ readonly name: string; readonly progress: Progress } | null> {
  const name = listCheckpoints(run).at(-1);
  if (name === undefined) return null;
  const checkpoint = await loadCheckpoint(run, name);
  await writeCheckpoint(executor, checkpoint);
  const { progress } = checkpoint.state;
  const { best } = progress;
  if (best !== null && !listCheckpoints(run).includes(best.checkpoint)) {
    log.write({
      type: "warning",
      code: "L0723",
      message: `the best checkpoint so far, ${best.checkpoint}, is gone: the best is chosen anew from here on`,
      address: null,
      count: 1,
    });
    progress.best = null;
  }
  return { name, progress };
}

/**
 * Sets all state of an executor (weights, statistics, optimizer, step) to that of a checkpoint.
 * @throws LeracError L0711 when its tensors are not those of the program.
 */
export async function writeCheckpoint(executor: Executor, checkpoint: LoadedCheckpoint): Promise<void> {
  const present = await executor.read();
  const shapes = new Map([...present].map(([name, tensor]) => [name, tensor.shape]));
  const misfits = findMisfits(shapes, checkpoint.tensors);
  for (const name of checkpoint.tensors.keys())
    if (!shapes.has(name)) misfits.push(`${name} is not a tensor of the program`);
  if (misfits.length > 0)
    throw fail("missing", "L0711", `the checkpoint ${checkpoint.name} does not fit the program of its run`, {
      notes: misfits.slice(0, 3),
      helps: ["it was written by another version of lerac: use that one to resume"],
    });
  await executor.write(checkpoint.tensors);
  executor.stepsDone = checkpoint.state.progress.step;
}

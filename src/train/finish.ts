import type { RunEndEvent } from "../runs/index.js";
import { loadCheckpoint } from "./checkpoint.js";
import { measure } from "./measure.js";
import { means } from "./progress.js";
import { writeCheckpoint } from "./restore.js";
import { metricReference } from "./selection.js";
import type { Session } from "./session.js";

/**
 * Measures the kept checkpoint (the best one, or the last) on `val` and `test`. Without either, the means of the last
 * epoch are all there is.
 * @returns metrics by `SPLIT.METRIC`.
 * @throws Interrupted when the run is asked to end meanwhile.
 */
export async function measureKept(session: Session): Promise<RunEndEvent["final"]> {
  const { run, dataset, executor, progress, saved } = session;
  const kept = progress.best?.checkpoint ?? saved?.name ?? null;
  if (kept !== null && kept !== saved?.name) await writeCheckpoint(executor, await loadCheckpoint(run, kept));

  const final: Record<string, number> = {};
  for (const split of [dataset.val, dataset.test]) {
    if (split === null) continue;
    const { metrics } = await measure(session, split, kept);
    addMetrics(final, split.name, metrics);
  }
  if (dataset.val === null && dataset.test === null)
    addMetrics(final, "train", progress.lastEpoch ?? means(progress.epoch));
  return final;
}

/** What is said at the end of the checkpoint that was kept. */
export function keptCheckpoint({ progress, saved, timetable }: Session): RunEndEvent["best"] {
  if (progress.best !== null) return { ...progress.best };
  if (saved === null) return {};
  return { checkpoint: saved.name, epoch: progress.step / timetable.clock.stepsPerEpoch };
}

function addMetrics(
  final: Record<string, number>,
  split: string,
  metrics: Readonly<Record<string, number>>,
): void {
  for (const [name, value] of Object.entries(metrics)) final[metricReference(split, name)] = value;
}

import { fail } from "../diagnostics/index.js";
import { type Run, referenceTo } from "../runs/index.js";
import { type LoadedCheckpoint, listCheckpoints, loadCheckpoint } from "./checkpoint.js";

/**
 * The checkpoint that is meant.
 * @param wanted `best` is the kept one (the newest where the spec keeps the last), `last` the newest, else a name
 * @throws LeracError L0714 when there is none such, and as `loadCheckpoint`
 */
export async function chooseCheckpoint(run: Run, wanted: string): Promise<LoadedCheckpoint> {
  if (wanted !== "best" && wanted !== "last") return await loadCheckpoint(run, wanted);
  const newest = listCheckpoints(run).at(-1);
  if (newest === undefined)
    throw fail("missing", "L0714", `the run ${run.record.name} has no checkpoint yet`, {
      at: { place: run.paths.checkpoints },
      helps: [`\`c\` in \`lerac watch ${referenceTo(run)}\` saves one while it trains`],
    });
  const last = await loadCheckpoint(run, newest);
  const best = last.state.progress.best?.checkpoint;
  return wanted === "last" || best === undefined || best === newest ? last : await loadCheckpoint(run, best);
}

import { fail } from "../diagnostics/index.js";
import { type Run, readLastEvent, referenceTo } from "../runs/index.js";
import { listCheckpoints } from "./checkpoint.js";

/**
 * Refuses to begin what was begun and to resume what is complete. Asked by whoever launches a trainer, for a message
 * in time, and by the trainer.
 * @throws LeracError L0722 the run was begun already, L0712 there is nothing to resume.
 */
export function refuseWrongStart(run: Run, resume: boolean): void {
  const { name } = run.record;
  const last = readLastEvent(run.paths.events);
  if (resume && last?.type === "run.end" && last.outcome === "completed")
    throw fail("missing", "L0712", `the run ${name} is complete: there is nothing to resume`, {
      at: { place: run.folder },
      helps: [`\`lerac show ${referenceTo(run)}\` has its results; \`lerac run\` starts a new one`],
    });
  if (!resume && (last !== null || listCheckpoints(run).length > 0))
    throw fail("missing", "L0722", `the run ${name} was begun already`, {
      at: { place: run.folder },
      helps: [`\`lerac resume ${referenceTo(run)}\` goes on with it`],
    });
}

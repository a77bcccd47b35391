import { basename, dirname, relative, resolve } from "node:path";
import type { Run } from "./folder.js";

/**
 * What commands may call a run from here: its id where it lies in the folder of runs under its own name, else its
 * folder.
 * @param runsFolder the folder of runs; left out, a run that is called after its id is taken to lie there
 */
export function referenceTo(run: Run, runsFolder?: string): string {
  const listed = runsFolder === undefined || dirname(run.folder) === resolve(runsFolder);
  return listed && basename(run.folder).endsWith(`-${run.record.id}`) ? run.record.id : shownFolder(run);
}

/** The run folder as seen from here. */
export function shownFolder(run: Run): string {
  return relative(process.cwd(), run.folder) || ".";
}

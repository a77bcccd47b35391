import { basename, dirname, relative, resolve } from "node:path";
import { type Run, resolveRun } from "../runs/index.js";

/** The folder of runs: LERAC_RUNS, or `runs`. */
export function runsFolder(env: NodeJS.ProcessEnv): string {
  return env.LERAC_RUNS || "runs";
}

/** The run that a command's argument means; see `resolveRun`. */
export function runOf(reference: string | undefined, env: NodeJS.ProcessEnv): Run {
  return resolveRun(reference, runsFolder(env));
}

/** A run as the next command may name it from here: by its id where that is enough, else by its folder. */
export function referenceTo(run: Run, env: NodeJS.ProcessEnv): string {
  const listed = dirname(run.folder) === resolve(runsFolder(env));
  return listed && basename(run.folder).endsWith(`-${run.record.id}`) ? run.record.id : shownFolder(run);
}

/** The run folder as seen from here. */
export function shownFolder(run: Run): string {
  return relative(process.cwd(), run.folder) || ".";
}

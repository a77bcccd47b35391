import { type Run, resolveRun, referenceTo as toRun } from "../runs/index.js";

export { shownFolder } from "../runs/index.js";

/** The folder of runs: LERAC_RUNS, or `runs`. */
export function runsFolder(env: NodeJS.ProcessEnv): string {
  return env.LERAC_RUNS || "runs";
}

/** The run that a command's argument means; see `resolveRun`. */
export function runOf(reference: string | undefined, env: NodeJS.ProcessEnv): Run {
  return resolveRun(reference, runsFolder(env));
}

/** A run as the next command may name it from here. */
export function referenceTo(run: Run, env: NodeJS.ProcessEnv): string {
  return toRun(run, runsFolder(env));
}

import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from "node:fs";
import { join } from "node:path";

/** Bytes of a spec that are looked at for its params: as much as a spec may have. */
const maximumBytes = 1024 * 1024;
/** Runs that are offered at most, the newest first. */
const maximumRuns = 200;

/**
 * What the shell may offer beyond commands and flags, which stand in its own script: `__complete runs`, or
 * `__complete params FILE`. A line each: the candidate, a tab, what it is. The shell waits for this on every press of
 * Tab, so it reads no more than it must and imports nothing; on any trouble there is simply nothing to offer.
 */
export function candidates(request: readonly string[], env: NodeJS.ProcessEnv): string[] {
  try {
    const [kind, file] = request;
    if (kind === "runs") return runs(env.LERAC_RUNS || "runs");
    if (kind === "params" && file !== undefined) return params(file);
  } catch {
    // No such folder or file: nothing to offer.
  }
  return [];
}

/** Ids of runs, what follows the last hyphen of a run folder's name, and the names that their users gave them. */
function runs(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((item) => item.isDirectory() && /-[0-9a-f]{4,32}$/.test(item.name))
    .map((item) => ({
      name: item.name,
      changed: statSync(join(folder, item.name, "run.json"), { throwIfNoEntry: false })?.mtimeMs,
    }))
    .filter((run) => run.changed !== undefined)
    .sort((a, b) => (b.changed ?? 0) - (a.changed ?? 0))
    .slice(0, maximumRuns)
    .flatMap(({ name }) => {
      const own = ownName(join(folder, name));
      const words = [name.slice(name.lastIndexOf("-") + 1), ...(own === null ? [] : [own])];
      return words.map((word) => `${word}\t${shown(name)}`);
    });
}

/** The name that a run was given; one that no shell could take is left out. */
function ownName(folder: string): string | null {
  try {
    const { name } = JSON.parse(readFileSync(join(folder, "labels.json"), "utf8")) as { name?: unknown };
    return typeof name === "string" && /^[\p{Letter}\p{Number}._-]+$/u.test(name) ? name : null;
  } catch {
    return null;
  }
}

/** The params that a spec declares, with their defaults: `width=`, then `32`. */
function params(file: string): string[] {
  const declarations = head(file).matchAll(
    /^[ \t]*param[ \t]+([A-Za-z_][A-Za-z0-9_]*)[ \t]*=[ \t]*([^#\r\n]*)/gm,
  );
  return [...declarations].map(([, name = "", value = ""]) => `${name}=\t${shown(value.trim())}`);
}

function head(file: string): string {
  const descriptor = openSync(file, "r");
  try {
    const bytes = Buffer.alloc(Math.min(maximumBytes, statSync(file).size));
    return bytes.toString("utf8", 0, readSync(descriptor, bytes));
  } finally {
    closeSync(descriptor);
  }
}

/** Text from a file or a folder's name on one line of a terminal. */
function shown(text: string): string {
  return text.replace(/[^\p{Letter}\p{Number}\p{Punctuation}\p{Symbol} ]/gu, "?").slice(0, 60);
}

import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import { fail } from "../diagnostics/index.js";
import type { Run } from "./folder.js";
import { referenceTo } from "./reference.js";

/** Who trains a run: the content of its lock file. */
export interface TrainerIdentity {
  readonly pid: number;
  readonly host: string;
  /** When the process started, in the words of its system; null where that can't be known. */
  readonly started: string | null;
}

export interface RunLock {
  release(): void;
}

/** An empty lock file this young is being written; an older one was left by a crash. */
const writingTakes = 2_000;

/**
 * Makes this process the only trainer of a run. A lock whose process is gone is taken over.
 * @throws LeracError L0707 when a trainer is at work.
 */
export function lockRun(run: Run): RunLock {
  const path = run.paths.lock;
  const own = JSON.stringify(ownIdentity());
  for (let attempt = 0; attempt < 5; attempt++) {
    if (createLock(path, own)) return { release: () => removeIfOwn(path, own) };
    refuseWhenHeld(run);
    removeStale(path);
  }
  throw fail("missing", "L0707", `the run ${run.record.name} is being taken over by another trainer`, {
    at: { place: path },
  });
}

/**
 * Refuses to go on while a trainer works on the run.
 * @throws LeracError L0707, naming the process.
 */
export function refuseWhenHeld(run: Run): void {
  const holder = currentTrainer(run);
  if (holder === null) return;
  const elsewhere = holder.host !== hostname();
  throw fail("missing", "L0707", `the run ${run.record.name} is being trained already`, {
    at: { place: run.folder },
    notes: [`its trainer is process ${holder.pid}${elsewhere ? ` on ${holder.host}` : ""}`],
    helps: elsewhere
      ? [`if that machine is gone, delete ${run.paths.lock}`]
      : [`\`lerac watch ${referenceTo(run)}\` shows it, \`lerac stop ${referenceTo(run)}\` stops it`],
  });
}

/** The trainer at work on a run, or null. One on another machine is taken to be alive: it can't be asked. */
export function currentTrainer(run: Run): TrainerIdentity | null {
  const holder = readLock(run.paths.lock);
  if (holder === null) return null;
  return holder.host !== hostname() || isAlive(holder) ? holder : null;
}

function ownIdentity(): TrainerIdentity {
  return { pid: process.pid, host: hostname(), started: startTime(process.pid) };
}

/** The lock's content; null where there is none or it is a torn one. */
function readLock(path: string): TrainerIdentity | null {
  try {
    const value = JSON.parse(readFileSync(path, "utf8")) as Partial<TrainerIdentity> | null;
    if (typeof value?.pid !== "number" || typeof value.host !== "string") return null;
    return { pid: value.pid, host: value.host, started: value.started ?? null };
  } catch {
    return null;
  }
}

/** Whether that very process still runs: process numbers are used again, so its start counts too. */
function isAlive(identity: TrainerIdentity): boolean {
  try {
    process.kill(identity.pid, 0);
  } catch (error) {
    // EPERM: it runs, but belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  const stat = processStat(identity.pid);
  // Killed and not yet collected by its parent: it will never do anything again.
  if (stat?.state === "Z" || stat?.state === "X") return false;
  const started = startTime(identity.pid);
  return started === null || identity.started === null || started === identity.started;
}

/** Start of a process in clock ticks since boot, with the boot it belongs to. */
function startTime(pid: number): string | null {
  const stat = processStat(pid);
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return stat === null ? null : `${boot}:${stat.started}`;
  } catch {
    return null;
  }
}

/** State and start of a process (fields 3 and 22 of /proc/PID/stat); null where there is no such file. */
function processStat(pid: number): { readonly state: string; readonly started: string } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in parentheses and may hold anything, so count from its end.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state] = fields;
    const started = fields[19];
    return state === undefined || started === undefined ? null : { state, started };
  } catch {
    return null;
  }
}

function createLock(path: string, content: string): boolean {
  let file: number;
  try {
    file = openSync(path, "wx");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
  try {
    writeSync(file, content);
  } finally {
    closeSync(file);
  }
  return true;
}

/**
 * Takes a stale lock away. It is renamed first, so that of several processes that found it stale only one removes
 * it, and none removes a lock that was made in between.
 */
function removeStale(path: string): void {
  if (readLock(path) === null && age(path) < writingTakes) return;
  const aside = `${path}.stale-${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const moved = readLock(aside);
  if (moved !== null && moved.host === hostname() && isAlive(moved)) renameSync(aside, path);
  else rmSync(aside, { force: true });
}

function age(path: string): number {
  const status = statSync(path, { throwIfNoEntry: false });
  return status === undefined ? Number.POSITIVE_INFINITY : Date.now() - status.mtimeMs;
}

function removeIfOwn(path: string, own: string): void {
  try {
    if (readFileSync(path, "utf8") === own) rmSync(path, { force: true });
  } catch {
    // Gone already: nothing to release.
  }
}

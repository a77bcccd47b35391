import { statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { basename } from "node:path";
import { formatBytes, printable } from "../../base/format.js";
import { exitCodes } from "../../diagnostics/index.js";
import { partialFiles } from "../../runs/atomic-file.js";
import { currentTrainer, listRuns, lockRun, type Run, readLabels, removeRun } from "../../runs/index.js";
import { listCheckpoints } from "../../train/checkpoint.js";
import { spareCheckpoints } from "../../train/spare-checkpoints.js";
import { runsFolder, shownFolder } from "../run-reference.js";
import type { Terminal } from "../terminal.js";
import { type RunRow, rowOf } from "./row.js";

/** Something on disk that nobody needs any more. */
interface Garbage {
  readonly run: Run;
  /** Files of the run that could go; null: the whole run. */
  readonly files: readonly string[] | null;
  readonly what: string;
  readonly bytes: number;
}

/**
 * `lerac runs gc`: what could go from runs that are not being trained. Checkpoints that are neither the newest nor the
 * best, what killed writers left, and runs that ended before they had anything to show; a run with a name or a tag is
 * never one of these.
 */
export async function collectCommand(yes: boolean, terminal: Terminal): Promise<number> {
  const folder = runsFolder(terminal.env);
  const idle = listRuns(folder).filter((run) => currentTrainer(run) === null);
  const garbage = (await Promise.all(idle.map((run) => garbageOf(run, terminal)))).flat();
  if (garbage.length === 0) {
    terminal.say(`nothing in ${printable(folder)} could go`);
    return exitCodes.ok;
  }
  for (const { run, what, bytes } of garbage)
    terminal.answer(`${printable(shownFolder(run))}   ${what}   ${formatBytes(bytes)}`);
  const total = formatBytes(garbage.reduce((sum, { bytes }) => sum + bytes, 0));
  if (!yes) {
    terminal.say(`${total} could go; nothing was removed   lerac runs gc --yes`);
    return exitCodes.ok;
  }
  for (const { run, files } of garbage) await removeGarbage(run, files);
  terminal.say(`removed ${total}`);
  return exitCodes.ok;
}

async function garbageOf(run: Run, terminal: Terminal): Promise<Garbage[]> {
  const row = rowOf(run, terminal.env, Date.now());
  if (cameToNothing(row))
    return [{ run, files: null, what: `the whole run: ${row.state}, nothing was saved`, bytes: row.bytes }];
  const spare = await spareCheckpoints(run);
  const torn = [...(await partialFiles(run.folder)), ...(await partialFiles(run.paths.checkpoints))];
  const tornBytes = torn.map((path) => statSync(path).size);
  return [
    ...spare.map(({ name, path, bytes }) => ({ run, files: [path], what: name, bytes })),
    ...torn.map((path, i) => ({
      run,
      files: [path],
      what: `${printable(basename(path))}, half written`,
      bytes: tornBytes[i] ?? 0,
    })),
  ];
}

/** Ended without a checkpoint and without one epoch to look at, and nobody has given it a name or a tag. */
function cameToNothing({ run, known, state }: RunRow): boolean {
  const { name, tags } = readLabels(run);
  return (
    ["empty", "crashed", "failed", "aborted"].includes(state) &&
    known.measured.size === 0 &&
    listCheckpoints(run).length === 0 &&
    name === null &&
    tags.length === 0
  );
}

async function removeGarbage(run: Run, files: readonly string[] | null): Promise<void> {
  if (files === null) {
    removeRun(run);
    return;
  }
  // Nobody resumes meanwhile from what is being removed.
  const lock = lockRun(run);
  try {
    for (const path of files) await rm(path, { force: true });
  } finally {
    lock.release();
  }
}

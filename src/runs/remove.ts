import { lstatSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeFailure } from "./atomic-file.js";
import type { Run } from "./folder.js";
import { lockRun } from "./lock.js";
import { recordFile } from "./record.js";

export interface FolderSize {
  readonly files: number;
  readonly bytes: number;
}

/** How much a folder holds; links count as themselves. */
export function folderSize(folder: string): FolderSize {
  let files = 0;
  let bytes = 0;
  for (const item of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, item.name);
    const inner = item.isDirectory() ? folderSize(path) : { files: 1, bytes: lstatSync(path).size };
    files += inner.files;
    bytes += inner.bytes;
  }
  return { files, bytes };
}

/**
 * Removes a run from disk, with everything in its folder. Its record goes last: what was interrupted is still a run,
 * and can be removed again.
 * @throws LeracError L0707 when it is being trained, L0713 when a file can't be removed.
 */
export function removeRun(run: Run): void {
  // Nobody begins to train what is being removed.
  lockRun(run);
  try {
    const last = [recordFile, "trainer.lock"];
    for (const name of readdirSync(run.folder))
      if (!last.includes(name)) rmSync(join(run.folder, name), { recursive: true, force: true });
    rmSync(run.folder, { recursive: true, force: true });
  } catch (error) {
    throw writeFailure(error, run.folder);
  }
}

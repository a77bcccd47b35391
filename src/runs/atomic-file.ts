import { open, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fail } from "../diagnostics/index.js";

/** What a file is called while it is written. */
const partial = /^\..+\.\d+\.partial$/;

/**
 * Writes a file so that a reader, or a machine that loses its power, finds either the old content or all of the new:
 * a temporary name in the same folder, flushed to disk, then renamed.
 * @throws LeracError L0713 when there is no space or no permission.
 */
export async function writeFileAtomic(path: string, content: string | readonly Uint8Array[]): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, `.${basename(path)}.${process.pid}.partial`);
  try {
    const file = await open(temporary, "w");
    try {
      for (const piece of typeof content === "string" ? [Buffer.from(content)] : content)
        await file.writeFile(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncFolder(folder);
  } catch (error) {
    await rm(temporary, { force: true });
    throw writeFailure(error, path);
  }
}

/** Removes what writers that were killed have left in a folder. */
export async function removePartialFiles(folder: string): Promise<void> {
  for (const path of await partialFiles(folder)) await rm(path, { force: true });
}

/** What writers that were killed have left in a folder: paths. */
export async function partialFiles(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => partial.test(name)).map((name) => join(folder, name));
}

/** The error for a file of a run that can't be written; anything that is not about files stays what it is. */
export function writeFailure(error: unknown, path: string): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  const reason = code === undefined ? undefined : reasons[code];
  if (reason === undefined) return error;
  return fail("training", "L0713", `${path} can't be written: ${reason}`, {
    at: { place: path },
    helps: ["what was written before is whole: `lerac resume` goes on from the last checkpoint"],
  });
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EDQUOT: "the quota of the disk is used up",
  EACCES: "there is no permission to write",
  EPERM: "there is no permission to write",
  EROFS: "the disk is read-only",
  ENOENT: "its folder is gone",
  EIO: "the disk reports a fault",
};

/** Makes a rename durable; not every system lets a folder be opened, and then there is nothing to do. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // Windows: folders can't be opened; the rename itself is journalled there.
  }
}

import { writeFileSync } from "node:fs";
import { fail } from "../diagnostics/index.js";

/**
 * Writes a file that the user named, replacing one that is there.
 * @throws LeracError L0006 (exit 4) when it can't be written
 */
export function writeOutput(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw unwritable(path, error);
  }
}

export function unwritable(path: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  const why: Record<string, string> = {
    ENOENT: "its folder is not there",
    EISDIR: "it is a folder",
    EACCES: "it may not be written",
    EROFS: "the disk is read-only",
    ENOSPC: "the disk is full",
    ENOTDIR: "a part of its path is no folder",
  };
  return fail("missing", "L0006", `${path} can't be written: ${why[code] ?? code}`, { at: { place: path } });
}

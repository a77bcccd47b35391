import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { NewFile } from "../base/new-file.js";
import { fail } from "../diagnostics/index.js";
import { unwritable } from "./output.js";

/**
 * What lies there may be something that somebody uses; mixed files of two would be worse than none.
 * @throws LeracError L0007 (exit 4) for a folder that holds something, L0006 where it can't be one
 */
export function refuseFilled(folder: string): void {
  let present: readonly string[];
  try {
    present = readdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return;
    if (code === "ENOTDIR") throw isFile(folder);
    throw unwritable(folder, error);
  }
  const [first] = present;
  if (first === undefined) return;
  throw fail("missing", "L0007", `${folder} is there already and not empty; nothing was written`, {
    at: { place: folder },
    notes: [`it holds ${first}`],
    helps: ["name another folder with `-o`, or delete this one"],
  });
}

/**
 * Writes files into a folder, which is made; when one fails, none stays. That which describes the others should come
 * last: where it is, all are.
 * @throws LeracError L0006 (exit 4)
 */
export function writeFolder(folder: string, files: readonly NewFile[]): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw unwritable(folder, error);
  }
  const begun: string[] = [];
  for (const { name, pieces } of files) {
    const path = join(folder, name);
    begun.push(path);
    try {
      writeFileSync(path, Buffer.concat(pieces));
    } catch (error) {
      for (const file of begun) rmSync(file, { force: true });
      throw unwritable(path, error);
    }
  }
}

function isFile(path: string) {
  return fail("missing", "L0006", `${path} can't be made a folder: a file stands in its way`, {
    at: { place: path },
    helps: ["name another folder with `-o`"],
  });
}

import { type Dirent, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fail } from "../../diagnostics/index.js";
import { damaged, empty, quoted, unreadable } from "../problems.js";
import type { FileKind } from "../sources/class_folders.js";

/** What is sought in folders that are given as inputs. */
export interface Sought {
  readonly files: FileKind;
  /** Files that are taken besides. */
  readonly also?: RegExp;
  /** Names of what is read, for messages. */
  readonly endings: string;
}

/** A file as it is, the files of a folder and those below, each folder's in order of name; hidden ones are passed over. */
export async function inputFiles(path: string, sought: Sought): Promise<string[]> {
  const { many, one } = sought.files;
  if (path === "-")
    throw fail("usage", "L0920", `${many} are read from files, not from standard input`, {
      at: { place: "-" },
      helps: ["name the files, or a folder with them"],
    });
  const files = isFolder(path) ? await filesBelow(path, sought) : [path];
  if (files.length > 0) return files;
  throw empty(`there is no ${one.replace(/^an? /, "")} in ${quoted(path)}`, path, [
    `${many} are ${sought.endings}, also in folders below it`,
  ]);
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    // What is not there is said when it is opened.
    return false;
  }
}

async function filesBelow(folder: string, sought: Sought): Promise<string[]> {
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    throw unreadable(folder, error);
  }
  const files: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith(".")) continue;
    const path = join(folder, entry.name);
    const kind = sought.files.kindOf(entry.name);
    // Links to folders may go in a circle: only real folders are entered.
    if (entry.isDirectory()) files.push(...(await filesBelow(path, sought)));
    else if (kind === "not read") throw damaged(path, `is ${sought.files.one} in a format that is not read`);
    else if (kind === "read" || sought.also?.test(entry.name) === true) files.push(path);
  }
  return files;
}

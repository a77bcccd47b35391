import type { Dirent } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { printable } from "../../base/format.js";
import { damaged, unreadable } from "../problems.js";

/** A file, or what else is no folder, below a class's folder. */
export interface TreeEntry {
  readonly path: string;
  /** Below the folder where the walk began, with `/` on every system. */
  readonly name: string;
  readonly isRegular: boolean;
}

/**
 * Everything but folders that lies in a folder or anywhere below it: the folders in the order of their names with `/`
 * (code units), in each its files by name. That is the order of torchvision's ImageFolder. What is hidden is left out.
 *
 * @param links whether symbolic links are followed
 * @param entered told of how many entries each folder has, before they are looked at; what it throws ends the walk
 * @throws LeracError L0305 for what can't be read, and for a link to a folder around it or walked through already: there
 *   would be no end, or files would count twice
 */
export async function walkFiles(
  root: string,
  links: "follow" | "pass over",
  entered?: (entries: number) => void,
): Promise<TreeEntry[]> {
  const found: { readonly folder: string; readonly entries: TreeEntry[] }[] = [];
  const seen = new Set<string>();
  let top = "";
  const waiting = [""];
  // Last, so that what is refused is a link and not what it leads to.
  const linked: string[] = [];
  const next = () => waiting.pop() ?? linked.pop();
  for (let folder = next(); folder !== undefined; folder = next()) {
    const path = join(root, folder);
    const real = await asked(path, (at) => realpath(at));
    if (folder === "") top = real;
    else if (top === real || top.startsWith(real + sep))
      throw damaged(path, "leads back to a folder that it lies in: its files would have no end");
    else if (seen.has(real))
      throw damaged(path, "leads to a folder of the same class: its files would count twice", [
        `it is ${printable(real)}`,
      ]);
    seen.add(real);
    const entries: TreeEntry[] = [];
    const listed = await asked(path, (at) => readdir(at, { withFileTypes: true }));
    entered?.(listed.length);
    for (const entry of listed.sort((a, b) => inOrder(a.name, b.name))) {
      if (entry.name.startsWith(".") || (links === "pass over" && entry.isSymbolicLink())) continue;
      const kind = await kindOf(entry, path);
      const name = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (kind === "folder") (entry.isSymbolicLink() ? linked : waiting).push(name);
      else entries.push({ path: join(path, entry.name), name, isRegular: kind === "file" });
    }
    found.push({ folder, entries });
  }
  return found.sort((a, b) => inOrder(a.folder, b.folder)).flatMap(({ entries }) => entries);
}

/** What a directory entry is, behind symbolic links; only links cost a look at the disk. */
export async function kindOf(entry: Dirent, folder: string): Promise<"file" | "folder" | "other"> {
  let found: { isFile(): boolean; isDirectory(): boolean } = entry;
  if (entry.isSymbolicLink()) found = await asked(join(folder, entry.name), (path) => stat(path));
  if (found.isFile()) return "file";
  return found.isDirectory() ? "folder" : "other";
}

function inOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

async function asked<T>(path: string, question: (path: string) => Promise<T>): Promise<T> {
  try {
    return await question(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

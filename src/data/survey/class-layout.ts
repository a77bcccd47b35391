import { readdir, realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import { unreadable } from "../problems.js";
import { walkFiles } from "../sources/file_tree.js";
import type { Budget } from "./budget.js";

/** What folders of parts are called. */
const partNames: ReadonlySet<string> = new Set([
  "train",
  "training",
  "val",
  "valid",
  "validation",
  "test",
  "testing",
]);

/** Files in a folder a class, divided into parts or not. */
export interface ClassLayout {
  /** Sorted. */
  readonly classNames: readonly string[];
  /** Files of each part; `all` where they are not divided. */
  readonly parts: ReadonlyMap<string, number>;
  /** Paths of those that can be trained on. */
  readonly trained: readonly string[];
}

interface ClassFolder {
  readonly name: string;
  readonly files: readonly string[];
}

/**
 * FOLDER/CLASS/FILE or FOLDER/PART/CLASS/FILE; null where there is nothing of the kind, or but one class.
 *
 * @param isWanted by the path of a file
 * @throws LeracError L0392 for more than `budget` allows, L0305 for folders that can't be read
 */
export async function findClasses(
  folder: string,
  isWanted: (path: string) => boolean,
  budget: Budget,
): Promise<ClassLayout | null> {
  const names = await folderNames(folder, budget);
  const parts = new Map<string, readonly ClassFolder[]>();
  for (const name of names.filter((candidate) => partNames.has(candidate.toLowerCase()))) {
    const below = join(folder, name);
    const classes = await classFolders(below, await folderNames(below, budget), isWanted, budget);
    if (classes.length >= 2) parts.set(name, classes);
  }
  if (parts.size === 0) {
    const classes = await classFolders(folder, names, isWanted, budget);
    if (classes.length < 2) return null;
    parts.set("all", classes);
  }
  const [first] = parts.values();
  const trained = [...parts].find(([name]) => /^(train|training|all)$/i.test(name))?.[1] ?? first ?? [];
  return {
    classNames: [
      ...new Set([...parts.values()].flatMap((classes) => classes.map(({ name }) => name))),
    ].sort(),
    parts: new Map(
      [...parts].map(([name, classes]) => [name, classes.reduce((n, { files }) => n + files.length, 0)]),
    ),
    trained: trained.flatMap(({ files }) => files),
  };
}

/** The folders that hold wanted files, in them or further down. */
async function classFolders(
  folder: string,
  names: readonly string[],
  isWanted: (path: string) => boolean,
  budget: Budget,
): Promise<ClassFolder[]> {
  const found: ClassFolder[] = [];
  for (const name of names) {
    const entries = await walkFiles(join(folder, name), "pass over", (count) => budget.take(count));
    const files = entries.map(({ path }) => path).filter(isWanted);
    if (files.length > 0) found.push({ name, files });
  }
  return found;
}

/** Names of the folders in a folder, sorted; hidden ones and links to a folder around it left out. */
async function folderNames(folder: string, budget: Budget): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    budget.take(entries.length);
    const here = await realpath(folder);
    const names: string[] = [];
    for (const entry of entries) {
      if (entry.name.startsWith(".")) continue;
      if (entry.isDirectory()) names.push(entry.name);
      else if (entry.isSymbolicLink() && !isAround(await target(join(folder, entry.name)), here))
        names.push(entry.name);
    }
    return names.sort();
  } catch (error) {
    throw unreadable(folder, error);
  }
}

/** Where a link leads; null where it leads nowhere. */
async function target(link: string): Promise<string | null> {
  return realpath(link).catch(() => null);
}

function isAround(outer: string | null, inner: string): boolean {
  return outer === null || outer === inner || inner.startsWith(outer.endsWith(sep) ? outer : outer + sep);
}

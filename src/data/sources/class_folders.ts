import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { suggest } from "../../base/suggest.js";
import { damaged, mismatch, missing, type Purpose, quoted, systemReason } from "../problems.js";
import type { ReadableData } from "../readable.js";
import { kindOf, type TreeEntry, walkFiles } from "./file_tree.js";
import { describeFolder } from "./files.js";

/** A kind of file that lies in class folders. */
export interface FileKind {
  /** As messages say it: "images". */
  readonly many: string;
  /** "an image". */
  readonly one: string;
  readonly layout: string;
  /** What the name of a file says: such a file that is read, one in a format that is not, or none. */
  kindOf(name: string): "read" | "not read" | "none";
}

/** One file of a part. */
export interface ListedFile {
  readonly path: string;
  /** Relative to the source's folder, with `/`: how it enters the digest. */
  readonly name: string;
  readonly label: number;
}

/**
 * The files of a part: those of `FOLDER/PART/CLASS/`, or of `FOLDER/CLASS/` for the part `all` where no folder has that
 * name, and below them. Classes are sorted by name (code units), files as `walkFiles` says; a label is the class's place in the
 * program's class names, or else among the folders. Hidden files and files of another kind are passed over.
 */
export async function listPart(
  files: FileKind,
  data: ReadableData,
  folder: string,
  part: string,
  purpose: Purpose,
): Promise<ListedFile[]> {
  const partFolder = await findPart(files, folder, part, purpose);
  const classes = await listFoldersOrMissing(files, partFolder, purpose);
  if (classes.length === 0)
    throw missing(purpose, files.many, partFolder, "the folder holds no class folders", files.layout);
  const labels = labelsOfClasses(data, classes, partFolder);
  const listed: ListedFile[] = [];
  for (const className of classes) {
    const classFolder = join(partFolder, className);
    const names = partFolder === folder ? [className] : [part, className];
    for (const { path, name } of await listFiles(files, classFolder)) {
      listed.push({
        path,
        name: [...names, name].join("/"),
        label: labels.get(className) as number,
      });
    }
  }
  return listed;
}

/**
 * The folder of a part. Each step of its name (`a/b` has two) is looked up among the folders that are there, so a part
 * cannot lead out of the source.
 */
async function findPart(files: FileKind, folder: string, part: string, purpose: Purpose): Promise<string> {
  let found = folder;
  for (const step of part.split("/")) {
    const folders = await listFoldersOrMissing(files, found, purpose);
    if (!folders.includes(step)) {
      if (part === "all") return folder;
      const near = suggest(step, folders).map(quoted);
      const hint = near.length > 0 ? `, but ${near.join(", ")}` : "";
      throw missing(
        purpose,
        files.many,
        found,
        `there is no folder ${quoted(step)} in it${hint}`,
        files.layout,
      );
    }
    found = join(found, step);
  }
  return found;
}

async function listFoldersOrMissing(files: FileKind, folder: string, purpose: Purpose): Promise<string[]> {
  try {
    return await listFolders(folder);
  } catch (error) {
    if (systemReason(error) === null) throw error;
    throw missing(purpose, files.many, folder, await describeFolder(folder), files.layout);
  }
}

/** Names of the folders in a folder, sorted; hidden ones left out. Throws the system's error for the folder itself. */
async function listFolders(folder: string): Promise<string[]> {
  const names: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.name.startsWith(".") && (await kindOf(entry, folder)) === "folder") names.push(entry.name);
  }
  return names.sort();
}

/** The files of a class: those in its folder and in all folders below, as torchvision's ImageFolder takes them. */
async function listFiles({ one, layout, kindOf }: FileKind, folder: string): Promise<TreeEntry[]> {
  const files: TreeEntry[] = [];
  for (const entry of await walkFiles(folder, "follow")) {
    const kind = kindOf(entry.name);
    if (kind === "not read")
      throw damaged(entry.path, `is ${one} in a format that is not read`, [`expected ${layout}`]);
    if (kind === "none") continue;
    if (!entry.isRegular) throw damaged(entry.path, "cannot be read: it is not a regular file");
    files.push(entry);
  }
  return files;
}

/** The label of every class folder; L0306 unless the folders are exactly the program's classes. */
function labelsOfClasses(
  data: ReadableData,
  folders: readonly string[],
  partFolder: string,
): Map<string, number> {
  if (data.classNames === null) {
    if (folders.length !== data.classes) {
      const found = `${folders.length} class ${folders.length === 1 ? "folder" : "folders"}`;
      throw mismatch(partFolder, `${found} found, but \`${data.name}\` has ${data.classes} classes`, [
        `write \`classes ${folders.length}\` if all of them are meant`,
      ]);
    }
    return new Map(folders.map((folder, label) => [folder, label]));
  }
  const labels = new Map(data.classNames.map((name, label) => [name, label]));
  const unknown = folders.find((folder) => !labels.has(folder));
  if (unknown !== undefined) {
    const near = suggest(unknown, data.classNames).map(quoted);
    const helps = near.length > 0 ? [`is it ${near.join(" or ")}?`] : [];
    throw mismatch(
      partFolder,
      `the folder ${quoted(unknown)} is none of the ${data.classes} classes of \`${data.name}\``,
      helps,
    );
  }
  const absent = data.classNames.filter((name) => !folders.includes(name));
  if (absent.length > 0) {
    const shown = absent.slice(0, 3).map(quoted).join(", ");
    const more = absent.length > 3 ? ` and ${absent.length - 3} more` : "";
    throw mismatch(partFolder, `there is no folder for the class ${shown}${more} of \`${data.name}\``);
  }
  return labels;
}

import { readdir } from "node:fs/promises";
import { extname, join } from "node:path";
import { suggest } from "../../base/suggest.js";
import { damaged, mismatch, missing, type Purpose, quoted, systemReason } from "../problems.js";
import type { ReadableData } from "../readable.js";
import { describeFolder } from "./files.js";
import { kindOf, type TreeEntry, walkImages } from "./image_tree.js";

/** One image file of a part. */
export interface ListedImage {
  readonly path: string;
  /** Relative to the source's folder, with `/`: how it enters the digest. */
  readonly name: string;
  readonly label: number;
}

const read: ReadonlySet<string> = new Set([".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff"]);
/** Images that would be missed without a word if they were passed over like notes and lists. */
const notRead: ReadonlySet<string> = new Set(
  ".bmp .heic .heif .avif .jp2 .jxl .pbm .pgm .ppm .pnm .tga .svg .psd .dng .exr .ico".split(" "),
);
/** What the name of a file says: an image that is read, one in a format that is not, or no image. */
export function imageKind(name: string): "read" | "not read" | "none" {
  const extension = extname(name).toLowerCase();
  if (read.has(extension)) return "read";
  return notRead.has(extension) ? "not read" : "none";
}

const expectedLayout = "PART/CLASS/IMAGE (jpg, jpeg, png, webp, gif, tif, tiff)";

/**
 * The images of a part: those of `FOLDER/PART/CLASS/`, or of `FOLDER/CLASS/` for the part `all` where no folder has that
 * name, and below them. Classes are sorted by name (code units), images as `walkImages` says; a label is the class's place in the
 * program's class names, or else among the folders. Hidden files and files that are no images are passed over.
 */
export async function listPart(
  data: ReadableData,
  folder: string,
  part: string,
  purpose: Purpose,
): Promise<ListedImage[]> {
  const partFolder = await findPart(folder, part, purpose);
  const classes = await listFoldersOrMissing(partFolder, purpose);
  if (classes.length === 0)
    throw missing(purpose, "images", partFolder, "the folder holds no class folders", expectedLayout);
  const labels = labelsOfClasses(data, classes, partFolder);
  const images: ListedImage[] = [];
  for (const className of classes) {
    const classFolder = join(partFolder, className);
    const names = partFolder === folder ? [className] : [part, className];
    for (const { path, name } of await listImages(classFolder)) {
      images.push({
        path,
        name: [...names, name].join("/"),
        label: labels.get(className) as number,
      });
    }
  }
  return images;
}

/**
 * The folder of a part. Each step of its name (`a/b` has two) is looked up among the folders that are there, so a part
 * cannot lead out of the source.
 */
async function findPart(folder: string, part: string, purpose: Purpose): Promise<string> {
  let found = folder;
  for (const step of part.split("/")) {
    const folders = await listFoldersOrMissing(found, purpose);
    if (!folders.includes(step)) {
      if (part === "all") return folder;
      const near = suggest(step, folders).map(quoted);
      const hint = near.length > 0 ? `, but ${near.join(", ")}` : "";
      throw missing(
        purpose,
        "images",
        found,
        `there is no folder ${quoted(step)} in it${hint}`,
        expectedLayout,
      );
    }
    found = join(found, step);
  }
  return found;
}

async function listFoldersOrMissing(folder: string, purpose: Purpose): Promise<string[]> {
  try {
    return await listFolders(folder);
  } catch (error) {
    if (systemReason(error) === null) throw error;
    throw missing(purpose, "images", folder, await describeFolder(folder), expectedLayout);
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

/** The image files of a class: those in its folder and in all folders below, as torchvision's ImageFolder takes them. */
async function listImages(folder: string): Promise<TreeEntry[]> {
  const images: TreeEntry[] = [];
  for (const entry of await walkImages(folder, "follow")) {
    const image = imageKind(entry.name);
    if (image === "not read")
      throw damaged(entry.path, "is an image in a format that is not read", [`expected ${expectedLayout}`]);
    if (image === "none") continue;
    if (!entry.isRegular) throw damaged(entry.path, "cannot be read: it is not a regular file");
    images.push(entry);
  }
  return images;
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

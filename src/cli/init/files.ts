import { constants } from "node:fs";
import { copyFile, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ownPackage } from "../../base/package-folder.js";
import { fail } from "../../diagnostics/index.js";
import { unwritable } from "../output.js";

/**
 * The folder of the examples' data in this package.
 * @throws LeracError L0005 where the package was installed without it
 */
export async function packagedData(): Promise<string> {
  const folder = join(ownPackage()?.folder ?? ".", "examples/data/fashion-mini");
  if ((await stat(folder).catch(() => null))?.isDirectory()) return folder;
  throw fail("missing", "L0005", "examples/data/fashion-mini is not part of this installation of lerac", {
    helps: ["`lerac init --from FOLDER` takes data of one's own"],
  });
}

/** @throws LeracError L0007 (exit 4) where something of that name is there */
export async function refuseExisting(path: string): Promise<void> {
  if ((await stat(path).catch(() => null)) === null) return;
  throw fail("missing", "L0007", `${path} is there already; nothing was written`, {
    at: { place: path },
    helps: ["give another name: `lerac init NAME`"],
  });
}

/** Writes a file that must not be there yet, making its folder. */
export async function writeNew(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: "wx" });
  } catch (error) {
    throw unwritable(path, error);
  }
}

/**
 * Copies the files of a folder, replacing none.
 *
 * @returns false where all of them were there already, byte for byte
 * @throws LeracError L0007 where another file has one of their names
 */
export async function copyFolder(from: string, to: string): Promise<boolean> {
  const names = (await readdir(from)).sort();
  const missing: string[] = [];
  for (const name of names) {
    const present = await readFile(join(to, name)).catch(() => null);
    if (present === null) missing.push(name);
    else if (!present.equals(await readFile(join(from, name)))) await refuseExisting(join(to, name));
  }
  if (missing.length === 0) return false;
  try {
    await mkdir(to, { recursive: true });
    for (const name of missing) await copyFile(join(from, name), join(to, name), constants.COPYFILE_EXCL);
  } catch (error) {
    throw unwritable(to, error);
  }
  return true;
}

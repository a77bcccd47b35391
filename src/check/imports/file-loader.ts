import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { formatCount } from "../../base/format.js";
import { ownPackage } from "../../base/package-folder.js";
import { maximumSpecBytes, maximumSpecLength } from "../../base/spec-size.js";
import { SourceFile } from "../../diagnostics/index.js";
import type { ImportTarget, LoadedSource, LoadProblem, SourceLoader } from "./loader.js";

/**
 * Imports from disk. A path is sought from the importing file and must stay, behind symbolic links too, inside the
 * folder of the main file or the project around it: the nearest folder above with a `package.json` or `.git`. Modules
 * of `std` come from the package and reach nothing else.
 *
 * @param main the file that is compiled, as typed; for standard input the folder is the current one
 */
export function fileLoader(main: string | null): SourceLoader {
  const folder = realPath(main === null ? "." : dirname(main)) ?? resolve(".");
  const root = projectOf(folder) ?? folder;
  const shownFolder = main === null ? "." : dirname(main);
  const standardFolder = findStandardFolder();
  const standard = standardFolder === null ? [] : standardNames(standardFolder);
  const isInside = (path: string, outer: string) => {
    const inner = relative(outer, path);
    return inner === "" || (inner !== ".." && !inner.startsWith(`..${sep}`) && !isAbsolute(inner));
  };

  const load = (target: ImportTarget, from: string | null): LoadedSource | LoadProblem => {
    if ("standard" in target) {
      if (standardFolder === null || !standard.includes(target.standard)) {
        return { problem: "missing", text: "there is no such module" };
      }
      const path = join(standardFolder, `${target.standard}.lerac`);
      return read(path, `std/${target.standard}.lerac`, `std/${target.standard}.lerac`);
    }
    const importer = from === null ? folder : dirname(from);
    const fromStandard = standardFolder !== null && isInside(importer, standardFolder);
    const limit = fromStandard && standardFolder !== null ? standardFolder : root;
    const path = join(importer, target.path);
    const outside: LoadProblem = { problem: "outside", text: "lies outside of the project" };
    // Before the disk is asked: whether a file outside exists is nobody's business.
    if (!isInside(path, limit)) return outside;
    const real = realPath(path);
    if (real === null) return { problem: "missing", text: "there is no such file" };
    if (!isInside(real, limit)) return outside;
    const shown = fromStandard ? `std/${basename(real)}` : join(shownFolder, relative(folder, real));
    const keepAs = fromStandard ? `std/${basename(real)}` : relative(root, real);
    return read(real, shown.split(sep).join("/"), keepAs.split(sep).join("/"));
  };
  return { standard, load };
}

function read(path: string, shown: string, keepAs: string): LoadedSource | LoadProblem {
  const unreadable = (text: string): LoadProblem => ({ problem: "unreadable", text });
  let bytes: Buffer;
  try {
    const status = statSync(path);
    if (!status.isFile()) return unreadable("it is not a file");
    if (status.size > maximumSpecBytes) {
      return unreadable(
        `it has ${formatCount(status.size)} bytes; a spec has at most ${formatCount(maximumSpecLength)} characters`,
      );
    }
    bytes = readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return unreadable(
      code === "EACCES" || code === "EPERM" ? "it may not be read" : `the system says ${code}`,
    );
  }
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { id: path, source: new SourceFile(shown, text.replace(/^\ufeff/, "")), keepAs };
  } catch {
    return unreadable("it is not text in UTF-8");
  }
}

function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

/** The nearest folder at or above this one that a project begins in. */
function projectOf(folder: string): string | null {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, "package.json")) || existsSync(join(at, ".git"))) return at;
    if (dirname(at) === at) return null;
  }
}

/** `specs/std` of this package. */
function findStandardFolder(): string | null {
  const own = ownPackage();
  return own === null ? null : realPath(join(own.folder, "specs/std"));
}

function standardNames(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".lerac"))
    .map((file) => file.slice(0, -".lerac".length))
    .sort();
}

import { readFileSync, statSync } from "node:fs";
import { formatCount } from "../base/format.js";
import { maximumSpecBytes } from "../base/spec-size.js";
import { fail, SourceFile } from "../diagnostics/index.js";

/** Larger files are refused before they are read: 64 MiB, the limit of program files. */
const maximumBytes = 64 * 1024 * 1024;

/**
 * Reads a text file that the user named; `-` is standard input.
 * @throws LeracError L0005 when it can't be read, is too large, or is no text
 */
export function readText(path: string, largest = maximumBytes): string {
  if (path === "-") return readFileSync(0, "utf8");
  let bytes: Buffer;
  try {
    const { size } = statSync(path);
    if (size > largest) throw tooLarge(path, size, largest);
    bytes = readFileSync(path);
  } catch (error) {
    throw unreadable(path, error);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw fail("missing", "L0005", `${path} is not text: it is not UTF-8`, {
      at: { place: path },
      helps: ["save it as UTF-8"],
    });
  }
}

/** Reads a spec: as text, without a byte order mark. */
export function readSource(path: string): SourceFile {
  const text = readText(path, maximumSpecBytes).replace(/^\ufeff/, "");
  return new SourceFile(path === "-" ? "<stdin>" : path.replaceAll("\\", "/"), text);
}

function tooLarge(path: string, size: number, limit: number) {
  return fail(
    "missing",
    "L0001",
    `${path} has ${formatCount(size)} bytes; the limit is ${formatCount(limit)}`,
    {
      at: { place: path },
    },
  );
}

function unreadable(path: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === undefined) return error;
  const why: Record<string, string> = {
    ENOENT: "there is no such file",
    EISDIR: "it is a folder",
    EACCES: "it may not be read",
    ENOTDIR: "a part of its path is no folder",
  };
  return fail("missing", "L0005", `${path} can't be read: ${why[code] ?? code}`, { at: { place: path } });
}

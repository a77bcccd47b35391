import { readFileSync, statSync } from "node:fs";
import { fail, SourceFile } from "../diagnostics/index.js";

/** Larger files are refused before they are read: 64 MiB, the limit of program files. */
const maximumBytes = 64 * 1024 * 1024;

/**
 * Reads a text file that the user named; `-` is standard input.
 * @throws LeracError L0005 when it can't be read, is too large, or is no text
 */
export function readText(path: string): string {
  if (path === "-") return readFileSync(0, "utf8");
  let bytes: Buffer;
  try {
    const { size } = statSync(path);
    if (size > maximumBytes) throw tooLarge(path, size);
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
  const text = readText(path).replace(/^\ufeff/, "");
  return new SourceFile(path === "-" ? "<stdin>" : path.replaceAll("\\", "/"), text);
}

function tooLarge(path: string, size: number) {
  return fail("missing", "L0001", `${path} has ${size.toLocaleString("en")} bytes; the limit is 67,108,864`, {
    at: { place: path },
  });
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
